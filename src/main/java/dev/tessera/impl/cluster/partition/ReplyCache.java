package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.ObjectSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reply cache of a partition, which prevents that a batch is applied twice. For each dispatcher it holds the number
 * of the last batch, and the result if the batch must not run again. Thread: the partition's.
 *
 * <p>A dispatcher sends a batch again only until it gives up. Therefore the cache forgets entries that were not used
 * for long: first the results, which are large, then the numbers. No dispatcher needs to sign off.
 */
final class ReplyCache {

    /** The objects of an entry and of its place in the map. */
    private static final int OBJECTS_BYTES = 112;

    /** The last batch of a dispatcher. */
    static final class Entry {
        private final long number;
        private final boolean once;
        private byte @Nullable [] result;
        private long usedMs;

        private Entry(long number, boolean once, byte @Nullable [] result, long usedMs) {
            this.number = number;
            this.once = once;
            this.result = result;
            this.usedMs = usedMs;
        }

        private long memoryBytes() {
            return OBJECTS_BYTES + (result == null ? 0 : ObjectSize.ofBytes(result.length));
        }

        long number() {
            return number;
        }

        /** Returns whether the batch must not run again, because it changed something. */
        boolean once() {
            return once;
        }

        /** Returns the result; null if the batch may run again or the result is forgotten. */
        byte @Nullable [] result() {
            return result;
        }
    }

    private final Map<DispatcherId, Entry> entries = new HashMap<>();
    private final MemoryAccount memory = MemoryAccount.unlimited();
    private long lastPruneMs = Long.MIN_VALUE;

    /** Returns the last batch of a dispatcher; null if it is unknown. */
    @Nullable
    Entry get(DispatcherId dispatcher) {
        return entries.get(dispatcher);
    }

    /** Stores an executed batch; the times come from a clock that only goes forward. */
    void put(DispatcherId dispatcher, long number, boolean once, byte @Nullable [] result, long monotonicMs) {
        put(dispatcher, new Entry(number, once, once ? result : null, monotonicMs));
    }

    private void put(DispatcherId dispatcher, Entry entry) {
        Entry before = entries.put(dispatcher, entry);
        memory.add(entry.memoryBytes() - (before == null ? 0 : before.memoryBytes()));
        memory.settle();
    }

    /** Returns the account that counts the entries. */
    MemoryAccount memory() {
        return memory;
    }

    /** Returns how many dispatchers are known. */
    int size() {
        return entries.size();
    }

    /**
     * Forgets results that were not used for {@code keepMs}, and numbers that were not used for ten times as long. It
     * scans at most four times in {@code keepMs}.
     *
     * @return whether it forgot anything
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
                memory.add(-entry.memoryBytes());
                i.remove();
                any = true;
            } else if (idleMs > keepMs && entry.result != null) {
                memory.add(-entry.memoryBytes());
                entry.result = null;
                memory.add(entry.memoryBytes());
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
            put(dispatcher, new Entry(number, once, result, 0));
        }
    }

    /** Adds the entries of another cache, unless this one knows a later batch of the same dispatcher. */
    void addAll(ReplyCache other) {
        other.entries.forEach((dispatcher, entry) -> {
            Entry own = entries.get(dispatcher);
            if (own == null || own.number < entry.number) {
                put(dispatcher, entry);
            }
        });
    }

    /** Marks all entries as used now. */
    void used(long monotonicMs) {
        entries.values().forEach(entry -> entry.usedMs = monotonicMs);
    }
}
