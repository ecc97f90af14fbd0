package dev.tessera.impl.journal.change;

import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.PartitionRestorer;
import dev.tessera.impl.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Applies payloads (see {@link PayloadOp}) to partitions, in their order. Payloads that hang together are held until
 * the last of them is there; if it never comes, nothing of them is applied. Thread: one at a time.
 */
public final class Replayer {

    private final ReplayTarget target;
    private final PayloadReader in = new PayloadReader();
    private final List<byte[]> held = new ArrayList<>();
    private long keys;
    private long sessions;
    /** What the next op is of. */
    private boolean common;

    private PartitionRestorer partition;
    private Session session;

    /** Replays into these partitions. */
    public Replayer(ReplayTarget target) {
        this.target = target;
    }

    /** How many keys were stored so far, one that was stored twice counted twice. */
    public long keys() {
        return keys;
    }

    /** How many sessions were made so far. */
    public long sessions() {
        return sessions;
    }

    /**
     * Takes the next payload.
     *
     * @throws PayloadException where it is not one
     */
    public void accept(byte[] bytes, int from, int to) {
        in.reset(bytes, from, to);
        byte part = in.int8();
        if (part == PayloadOp.WHOLE || part == PayloadOp.FIRST) {
            held.clear();
        } else if (part != PayloadOp.MIDDLE && part != PayloadOp.LAST) {
            throw new PayloadException("part " + part);
        } else if (held.isEmpty()) {
            // What this belongs to began before a crash that it did not survive.
            return;
        }
        if (part == PayloadOp.FIRST || part == PayloadOp.MIDDLE) {
            held.add(Arrays.copyOfRange(bytes, from, to));
            return;
        }
        for (byte[] earlier : held) {
            in.reset(earlier, 1, earlier.length);
            apply();
        }
        held.clear();
        in.reset(bytes, from + 1, to);
        apply();
    }

    private void apply() {
        common = false;
        session = null;
        partition = null;
        while (!in.atEnd()) {
            byte op = in.int8();
            switch (op) {
                case PayloadOp.SESSION -> find(in.int64());
                case PayloadOp.MADE -> make();
                case PayloadOp.COMMON -> common = true;
                case PayloadOp.PUT -> put(in.text());
                case PayloadOp.REMOVED -> remove(in.text());
                case PayloadOp.CLEARED -> {
                    if (session != null) {
                        partition.clear(session);
                    }
                }
                case PayloadOp.END -> moveEnd(in.int64());
                case PayloadOp.GONE -> {
                    if (session != null) {
                        partition.end(session);
                        session = null;
                    }
                }
                default -> throw new PayloadException("op " + op);
            }
        }
    }

    private void find(long token) {
        common = false;
        partition = target.ofToken(token);
        session = partition.find(token);
    }

    private void make() {
        common = false;
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
                endMs);
        sessions++;
    }

    private void put(byte[] keyRecord) {
        if (!KeyRecord.isWellFormed(keyRecord)) {
            throw new PayloadException("a key record of " + keyRecord.length + " bytes");
        }
        keys++;
        if (common) {
            target.ofKey(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord))
                    .putGlobal(keyRecord);
        } else if (session != null) {
            partition.put(session, keyRecord);
        }
    }

    private void remove(byte[] key) {
        if (common) {
            target.ofKey(key, 0, key.length).removeGlobal(key, 0, key.length);
        } else if (session != null) {
            partition.remove(session, key, 0, key.length);
        }
    }

    private void moveEnd(long endMs) {
        if (session != null) {
            partition.moveEnd(session, endMs);
        }
    }
}
