package dev.tessera.impl.journal.change;

import dev.tessera.impl.journal.JournalLog;
import dev.tessera.impl.journal.PayloadSink;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Session;
import java.io.IOException;

/**
 * A session as it is at one instant, or a piece of everybody's keys: references to what never changes, to be written
 * down later and on another thread. Immutable.
 */
public final class SessionSnapshot {

    /** How large a payload becomes before it is handed over and another one begun. */
    private static final int PAYLOAD_BYTES = 256 * 1024;

    /** No session: everybody's keys. */
    private final boolean common;

    private final long token;
    private final byte[] name;
    private final boolean shared;
    private final Expiry expiry;
    private final long endMs;
    private final byte[][] keyRecords;
    private final long keyBytes;

    private SessionSnapshot(
            boolean common, long token, byte[] name, boolean shared, Expiry expiry, long endMs, KeySpace keys) {
        this.common = common;
        this.token = token;
        this.name = name;
        this.shared = shared;
        this.expiry = expiry;
        this.endMs = endMs;
        this.keyRecords = keys.snapshot();
        this.keyBytes = keys.bytes() + (long) keys.size() * PayloadOp.KEY_OVERHEAD_BYTES;
    }

    /** The image of a session. Thread: its owner. */
    public static SessionSnapshot of(Session session) {
        return new SessionSnapshot(
                false,
                session.token(),
                session.name(),
                session.shared(),
                session.expiry(),
                session.endMs(),
                session.keys());
    }

    /** The image of those of everybody's keys that one partition has. Thread: its owner. */
    public static SessionSnapshot ofGlobal(KeySpace keys) {
        return new SessionSnapshot(true, 0, null, false, null, 0, keys);
    }

    /** How much memory the image holds on to, in bytes. */
    public long bytes() {
        return PayloadOp.IMAGE_OVERHEAD_BYTES + (common ? 0 : name.length) + keyBytes;
    }

    /** What its payloads cost on disk at most. */
    long costMax() {
        long bytes = bytes();
        return JournalLog.cost(bytes) + bytes / PAYLOAD_BYTES * JournalLog.cost(PayloadOp.IMAGE_OVERHEAD_BYTES);
    }

    /** Writes the image as payloads, of which none is larger than it need be. Thread: any. */
    public void writeTo(PayloadSink sink) throws IOException {
        PayloadBuffer buffer = new PayloadBuffer();
        buffer.part(PayloadOp.WHOLE);
        if (common) {
            buffer.op(PayloadOp.COMMON);
        } else {
            buffer.made(token, name, shared, expiry, endMs);
        }
        boolean continued = false;
        for (byte[] keyRecord : keyRecords) {
            if (keyRecord == null) {
                continue;
            }
            if (buffer.size() >= PAYLOAD_BYTES) {
                hand(buffer, continued ? PayloadOp.MIDDLE : PayloadOp.FIRST, sink);
                continued = true;
                buffer.part(PayloadOp.WHOLE);
                open(buffer);
            }
            buffer.put(keyRecord);
        }
        hand(buffer, continued ? PayloadOp.LAST : PayloadOp.WHOLE, sink);
    }

    private void open(PayloadBuffer buffer) {
        if (common) {
            buffer.op(PayloadOp.COMMON);
        } else {
            buffer.session(token);
        }
    }

    private static void hand(PayloadBuffer buffer, byte part, PayloadSink sink) throws IOException {
        buffer.setByte(0, part);
        byte[] payload = buffer.take(PAYLOAD_BYTES);
        sink.payload(payload, 0, payload.length);
    }
}
