package dev.tessera.impl.journal.change;

import dev.tessera.impl.journal.JournalLog;
import dev.tessera.impl.journal.PayloadSink;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Session;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a session at one instant, or of the global keys in one partition. It refers to immutable records, so
 * another thread can encode it later. Immutable.
 */
public final class SessionSnapshot {

    /** A payload of this size is passed on, and the next one begins. */
    private static final int PAYLOAD_BYTES = 256 * 1024;

    private static final byte[] NO_NAME = {};

    /** Whether this is a part of the global key space and not a session. */
    private final boolean isGlobal;

    private final long token;
    private final byte[] name;
    private final boolean shared;
    private final Expiry expiry;
    private final long endMs;
    private final long revision;
    private final byte[] @Nullable [] keyRecords;
    private final long keyBytes;

    private SessionSnapshot(
            boolean isGlobal,
            long token,
            byte[] name,
            boolean shared,
            Expiry expiry,
            long endMs,
            long revision,
            KeySpace keys) {
        this.isGlobal = isGlobal;
        this.token = token;
        this.name = name;
        this.shared = shared;
        this.expiry = expiry;
        this.endMs = endMs;
        this.revision = revision;
        this.keyRecords = keys.copy();
        this.keyBytes = keys.bytes() + (long) keys.heldSize() * PayloadOp.KEY_OVERHEAD_BYTES;
    }

    /** Takes a snapshot of a session. Thread: its owner. */
    public static SessionSnapshot of(Session session) {
        return new SessionSnapshot(
                false,
                session.token(),
                session.name(),
                session.shared(),
                session.expiry(),
                session.endMs(),
                session.revision(),
                session.keys());
    }

    /** Takes a snapshot of the global keys that one partition has. Thread: its owner. */
    public static SessionSnapshot ofGlobal(KeySpace keys) {
        return new SessionSnapshot(true, 0, NO_NAME, false, Expiry.NEVER, 0, 0, keys);
    }

    /** Returns how much memory the snapshot holds, in bytes. */
    public long bytes() {
        return PayloadOp.SNAPSHOT_OVERHEAD_BYTES + name.length + keyBytes;
    }

    /** Returns the space on disk that its payloads need at most. */
    long costMax() {
        long bytes = bytes();
        return JournalLog.cost(bytes) + bytes / PAYLOAD_BYTES * JournalLog.cost(PayloadOp.SNAPSHOT_OVERHEAD_BYTES);
    }

    /** Encodes the snapshot as payloads of bounded size; only a single large key makes one larger. Thread: any. */
    public void writeTo(PayloadSink sink) throws IOException {
        PayloadBuffer buffer = new PayloadBuffer();
        buffer.part(PayloadOp.WHOLE);
        if (isGlobal) {
            buffer.op(PayloadOp.GLOBAL);
        } else {
            buffer.revision(revision);
            buffer.made(token, name, shared, expiry, endMs);
        }
        boolean continued = false;
        for (byte[] keyRecord : keyRecords) {
            if (keyRecord == null) {
                continue;
            }
            if (buffer.size() >= PAYLOAD_BYTES) {
                passOn(buffer, continued ? PayloadOp.MIDDLE : PayloadOp.FIRST, sink);
                continued = true;
                buffer.part(PayloadOp.WHOLE);
                open(buffer);
            }
            buffer.put(keyRecord);
        }
        passOn(buffer, continued ? PayloadOp.LAST : PayloadOp.WHOLE, sink);
    }

    private void open(PayloadBuffer buffer) {
        if (isGlobal) {
            buffer.op(PayloadOp.GLOBAL);
        } else {
            buffer.session(token);
        }
    }

    private static void passOn(PayloadBuffer buffer, byte part, PayloadSink sink) throws IOException {
        buffer.setByte(0, part);
        byte[] payload = buffer.take(PAYLOAD_BYTES);
        sink.payload(payload, 0, payload.length);
    }
}
