package dev.tessera.impl.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tessera.event.EventKind;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Session;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON text of an event: {@code {"tkn":<token>,"ev":"<kind>","keys":{<key>:<value>…}}}. The values of removed keys
 * are null. Events of the global key space have no {@code tkn}. Each value is copied once, from the store's record into
 * the event.
 */
final class EventText {

    private static final byte[] TOKEN = "{\"tkn\":".getBytes(US_ASCII);
    private static final byte[] KIND = ",\"ev\":\"".getBytes(US_ASCII);
    private static final byte[] KIND_FIRST = "{\"ev\":\"".getBytes(US_ASCII);
    private static final byte[] KEYS = "\",\"keys\":{".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final byte[] END = "}}".getBytes(US_ASCII);
    /** The space for an event without its keys. */
    private static final int FRAME_BYTES = 64;
    /** The space for quotes, colon and comma of a member. */
    private static final int MEMBER_BYTES = 4;

    private EventText() {}

    /** Returns the event of a session, or of the global key space if the session is null. */
    static Buffer of(@Nullable Session session, EventKind kind, List<byte[]> keyRecords) {
        Buffer text = Buffer.buffer(capacity(keyRecords));
        if (session == null) {
            text.appendBytes(KIND_FIRST);
        } else {
            text.appendBytes(TOKEN)
                    .appendBytes(Long.toUnsignedString(session.token()).getBytes(US_ASCII))
                    .appendBytes(KIND);
        }
        text.appendString(kind.text()).appendBytes(KEYS);
        for (int i = 0; i < keyRecords.size(); i++) {
            byte[] keyRecord = keyRecords.get(i);
            if (i > 0) {
                text.appendByte((byte) ',');
            }
            append(text.appendByte((byte) '"'), keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
            text.appendByte((byte) '"').appendByte((byte) ':');
            if (kind == EventKind.REMOVE || kind == EventKind.KEY_EXPIRE) {
                text.appendBytes(NULL);
            } else {
                append(text, keyRecord, KeyRecord.valueFrom(keyRecord), keyRecord.length);
            }
        }
        return text.appendBytes(END);
    }

    private static void append(Buffer text, byte[] bytes, int from, int to) {
        text.appendBytes(bytes, from, to - from);
    }

    private static int capacity(List<byte[]> keyRecords) {
        long capacity = FRAME_BYTES;
        for (byte[] keyRecord : keyRecords) {
            capacity += keyRecord.length + MEMBER_BYTES;
        }
        return (int) Math.min(capacity, Integer.MAX_VALUE - 8);
    }
}
