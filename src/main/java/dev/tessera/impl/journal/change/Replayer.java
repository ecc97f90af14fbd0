package dev.tessera.impl.journal.change;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.PartitionRestorer;
import dev.tessera.impl.session.Session;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A replayer that applies payloads (see {@link PayloadOp}) to partitions in order. It holds payloads that belong
 * together until the last one arrives; if that never happens, it applies none of them. Thread: one at a time.
 */
public final class Replayer {

    private final ReplayTarget target;
    private final PayloadReader in = new PayloadReader();
    private final Queue<byte[]> held = new ArrayDeque<>();
    private long heldBytes;
    private long keys;
    private long sessions;
    /** Whether the next op applies to the global key space. */
    private boolean isGlobal;
    /** The session of the next op and its partition; null if there is none, or after the end of the session. */
    private @Nullable Session session;

    private @Nullable PartitionRestorer partition;
    /** The revision of the next op. */
    private long revision;

    /** Creates a replayer that writes into these partitions. */
    public Replayer(ReplayTarget target) {
        this.target = target;
    }

    /** Returns how many keys were stored so far; a key that was stored twice counts twice. */
    public long keys() {
        return keys;
    }

    /** Returns the bytes of the payloads that wait for their last one. */
    public long heldBytes() {
        return heldBytes;
    }

    /** Returns how many sessions were created so far. */
    public long sessions() {
        return sessions;
    }

    /**
     * Applies the next payload, or holds it until the rest arrives.
     *
     * @throws PayloadException if this version cannot interpret it
     */
    public void accept(byte[] bytes, int from, int to) {
        in.reset(bytes, from, to);
        byte part = in.int8();
        if (part == PayloadOp.WHOLE || part == PayloadOp.FIRST) {
            held.clear();
            heldBytes = 0;
        } else if (part != PayloadOp.MIDDLE && part != PayloadOp.LAST) {
            throw new PayloadException("part " + part);
        } else if (held.isEmpty()) {
            // A crash has cut off the first payload of this sequence.
            return;
        }
        if (part == PayloadOp.FIRST || part == PayloadOp.MIDDLE) {
            held.add(Arrays.copyOfRange(bytes, from, to));
            heldBytes += to - from;
            return;
        }
        for (byte[] earlier = held.poll(); earlier != null; earlier = held.poll()) {
            // Each payload is garbage once its keys are stored, so that a large session does not need twice its memory.
            heldBytes -= earlier.length;
            in.reset(earlier, 1, earlier.length);
            apply();
        }
        in.reset(bytes, from + 1, to);
        apply();
    }

    private void apply() {
        isGlobal = false;
        session = null;
        partition = null;
        revision = PayloadOp.FIRST_REVISION;
        while (!in.atEnd()) {
            byte op = in.int8();
            switch (op) {
                case PayloadOp.SESSION -> find(in.int64());
                case PayloadOp.MADE -> make();
                case PayloadOp.GLOBAL -> isGlobal = true;
                case PayloadOp.PUT -> put(firstVersion(in.text()));
                case PayloadOp.RECORD -> put(in.text());
                case PayloadOp.REVISION -> revision = in.int64();
                case PayloadOp.REMOVED -> remove(in.text());
                case PayloadOp.KEY_END -> moveKeyEnd(in.int64(), in.text());
                case PayloadOp.EXPIRY -> moveExpiry(in.int8(), in.int64());
                case PayloadOp.CLEARED -> {
                    if (session != null) {
                        partition().clear(session, revision);
                    }
                }
                case PayloadOp.END -> moveEnd(in.int64());
                case PayloadOp.GONE -> {
                    if (session != null) {
                        partition().end(session, revision);
                        session = null;
                    }
                }
                default -> throw new PayloadException("op " + op);
            }
        }
    }

    /** Returns the partition of {@link #session}. */
    private PartitionRestorer partition() {
        return requireNonNull(partition);
    }

    private void find(long token) {
        isGlobal = false;
        partition = target.ofToken(token);
        session = partition.find(token);
    }

    private void make() {
        isGlobal = false;
        long token = in.int64();
        byte flags = in.int8();
        long durationSeconds = in.int64();
        long endMs = in.int64();
        partition = target.ofToken(token);
        session = partition.create(
                token,
                in.text(),
                (flags & PayloadOp.SHARED) != 0,
                new Expiry(durationSeconds, (flags & PayloadOp.DELETE_SESSION) != 0),
                endMs,
                revision);
        sessions++;
    }

    private static byte[] firstVersion(byte[] old) {
        try {
            return KeyRecord.ofFirstVersion(old, PayloadOp.FIRST_REVISION);
        } catch (IllegalArgumentException e) {
            throw new PayloadException(requireNonNull(e.getMessage()));
        }
    }

    private void put(byte[] keyRecord) {
        if (!KeyRecord.isWellFormed(keyRecord)) {
            throw new PayloadException("a key record of " + keyRecord.length + " bytes");
        }
        keys++;
        if (isGlobal) {
            target.ofKey(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord))
                    .putGlobal(keyRecord);
        } else if (session != null) {
            partition().put(session, keyRecord);
        }
    }

    private void remove(byte[] key) {
        if (isGlobal) {
            target.ofKey(key, 0, key.length).removeGlobal(key, 0, key.length, revision);
        } else if (session != null) {
            partition().remove(session, key, 0, key.length, revision);
        }
    }

    private void moveKeyEnd(long endMs, byte[] key) {
        if (isGlobal) {
            target.ofKey(key, 0, key.length).moveGlobalKeyEnd(key, endMs, revision);
        } else if (session != null) {
            partition().moveKeyEnd(session, key, endMs, revision);
        }
    }

    private void moveExpiry(byte flags, long durationSeconds) {
        if (session != null) {
            partition().moveExpiry(session, new Expiry(durationSeconds, (flags & PayloadOp.DELETE_SESSION) != 0));
        }
    }

    private void moveEnd(long endMs) {
        if (session != null) {
            partition().moveEnd(session, endMs);
        }
    }
}
