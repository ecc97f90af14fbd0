package dev.tessera.impl.cluster.partition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * What a partition remembers of the batches that it has executed: for each dispatcher, the number of its last batch,
 * and what was answered if that batch must not be executed again. Thread: the partition's.
 *
 * <p>A dispatcher sends a batch again only until it gives it up, so that what has not been used for long can be
 * forgotten: first the answers, which are large, then the numbers. Nobody need say that a dispatcher is gone.
 */
final class ReplyCache {

    /** The last batch of a dispatcher. */
    static final class Entry {
        private final long number;
        private final boolean once;
        private byte[] result;
        private long usedMs;

        private Entry(long number, boolean once, byte[] result, long usedMs) {
            this.number = number;
            this.once = once;
            this.result = result;
            this.usedMs = usedMs;
        }

        long number() {
            return number;
        }

        /** Whether it must not be executed again, as it must not where it has changed anything. */
        boolean once() {
            return once;
        }

        /** What was answered; null where it may be executed again, or is forgotten. */
        byte[] result() {
            return result;
        }
    }

    private final Map<DispatcherId, Entry> entries = new HashMap<>();
    private long lastPruneMs = Long.MIN_VALUE;

    /** The last batch of a dispatcher, or null. */
    Entry get(DispatcherId dispatcher) {
        return entries.get(dispatcher);
    }

    /** Notes a batch that was executed; the times are of a clock that only goes forward. */
    void put(DispatcherId dispatcher, long number, boolean once, byte[] result, long monotonicMs) {
        entries.put(dispatcher, new Entry(number, once, once ? result : null, monotonicMs));
    }

    /** How many dispatchers are remembered. */
    int size() {
        return entries.size();
    }

    /**
     * Forgets the answers that were not used for {@code keepMs}, and the numbers that were not for ten times as long.
     * It looks no more often than four times in that time.
     *
     * @return whether anything was forgotten
     */
    boolean prune(long monotonicMs, long keepMs) {
        if (lastPruneMs != Long.MIN_VALUE && monotonicMs - lastPruneMs < keepMs / 4) {
            return false;
        }
        lastPruneMs = monotonicMs;
        boolean any = false;
        for (Iterator<Entry> i = entries.values().iterator(); i.hasNext(); ) {
            Entry entry = i.next();
            long idleMs = monotonicMs - entry.usedMs;
            if (idleMs > 10 * keepMs) {
                i.remove();
                any = true;
            } else if (idleMs > keepMs && entry.result != null) {
                entry.result = null;
                any = true;
            }
        }
        return any;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(entries.size());
        for (Map.Entry<DispatcherId, Entry> one : entries.entrySet()) {
            one.getKey().write(out);
            out.writeLong(one.getValue().number);
            out.writeBoolean(one.getValue().once);
            byte[] result = one.getValue().result;
            out.writeInt(result == null ? -1 : result.length);
            if (result != null) {
                out.write(result);
            }
        }
    }

    void read(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            DispatcherId dispatcher = DispatcherId.read(in);
            long number = in.readLong();
            boolean once = in.readBoolean();
            int length = in.readInt();
            byte[] result = length < 0 ? null : new byte[length];
            if (result != null) {
                in.readFully(result);
            }
            entries.put(dispatcher, new Entry(number, once, result, 0));
        }
    }

    /** Takes over what another one remembers of dispatchers that this one knows less of. */
    void addAll(ReplyCache other) {
        other.entries.forEach((dispatcher, entry) ->
                entries.merge(dispatcher, entry, (one, two) -> one.number >= two.number ? one : two));
    }

    /** Takes all of it for just used. */
    void used(long monotonicMs) {
        entries.values().forEach(entry -> entry.usedMs = monotonicMs);
    }
}
