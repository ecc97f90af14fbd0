package dev.tessera.impl.command.transfer;

import dev.tessera.impl.dataset.SessionHeader;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.memory.ObjectSize;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a session, which goes into one chunk or several. It shares the key records with the session, because
 * these are immutable.
 */
final class ExportedSession {

    private static final byte[][] NO_KEYS = {};

    private final SessionHeader header;
    private final byte[] @Nullable [] keyRecords;
    private boolean begun;
    private boolean anyMember;
    private boolean inEnds;
    private final long nowMs;
    private int next;

    /** Takes the snapshot. An expired session that stays has no keys. */
    ExportedSession(Session session, long nowMs) {
        header = new SessionHeader(
                session.token(),
                session.shared(),
                session.name(),
                session.expiry().durationSeconds(),
                session.expiry().deleteSession());
        this.nowMs = nowMs;
        keyRecords = session.isExpired(nowMs) ? NO_KEYS : session.keys().copy();
    }

    /** Returns the bytes on the heap, without the records that the session has too. */
    long memoryBytes() {
        return ObjectSize.ofReferences(keyRecords.length);
    }

    /** Returns whether a part of the snapshot was written. */
    boolean isBegun() {
        return begun;
    }

    /**
     * Writes on until the output exceeds {@code sizeMax} bytes, by one key at most, or until the end.
     *
     * @param written counts the keys
     * @return whether the snapshot is written completely
     */
    boolean write(JsonWriter out, int sizeMax, ExportCounts written) {
        if (!begun) {
            begun = true;
            written.sessions++;
            header.begin(out);
        }
        if (!inEnds && !writeKeys(out, sizeMax, written)) {
            return false;
        }
        if (!writeEnds(out, sizeMax, written)) {
            return false;
        }
        SessionHeader.end(out);
        return true;
    }

    private boolean writeKeys(JsonWriter out, int sizeMax, ExportCounts written) {
        for (; next < keyRecords.length; next++) {
            if (out.size() >= sizeMax) {
                return false;
            }
            byte[] keyRecord = keyRecords[next];
            if (keyRecord == null) {
                continue;
            }
            if (KeyRecord.isExpired(keyRecord, nowMs)) {
                keyRecords[next] = null;
                continue;
            }
            written.keys++;
            name(out, keyRecord).raw(keyRecord, KeyRecord.valueFrom(keyRecord), keyRecord.length);
            // Lets the garbage collector free the record, if the session has replaced it.
            keyRecords[next] =
                    KeyRecord.endMs(keyRecord) == KeyRecord.NO_END ? null : KeyRecord.withoutValue(keyRecord);
        }
        next = 0;
        anyMember = false;
        inEnds = true;
        return true;
    }

    /** Writes the ends of keys, if there are any. */
    private boolean writeEnds(JsonWriter out, int sizeMax, ExportCounts written) {
        for (; next < keyRecords.length; next++) {
            if (out.size() >= sizeMax) {
                return false;
            }
            byte[] keyRecord = keyRecords[next];
            if (keyRecord != null) {
                if (!anyMember) {
                    SessionHeader.beginEnds(out);
                }
                written.keyEnds = true;
                name(out, keyRecord).unsigned(KeyRecord.endMs(keyRecord));
                keyRecords[next] = null;
            }
        }
        return true;
    }

    /** Writes a comma if needed, and the name of a member. */
    private JsonWriter name(JsonWriter out, byte[] keyRecord) {
        if (anyMember) {
            out.mark(',');
        }
        anyMember = true;
        return out.quoted(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord))
                .mark(':');
    }
}
