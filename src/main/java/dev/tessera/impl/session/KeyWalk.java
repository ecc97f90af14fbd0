package dev.tessera.impl.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One slice of a walk over a key space in its {@link KeyOrder}. It ends after some work, at the end of the keys, or
 * when its visitor takes no more. A later slice goes on at {@link #next}. Between two slices, the key space may change
 * in any way: a key that exists throughout comes exactly once, because its position never changes.
 *
 * <p>A slice visits block after block of the table. The records of a block lie in its slots, or behind them up to the
 * next free slot. Two keys with the same position come in the same slice. Thread: the owner of the key space.
 */
public final class KeyWalk {

    private static final int FOUND_MIN = 32;
    /** A hash of this many bytes takes about as long as a visit of a slot. */
    private static final int HASH_BYTES_LOG2 = 6;
    /** A comparison of this many bytes takes about as long as a visit of a slot. */
    private static final int PREFIX_BYTES_LOG2 = 9;

    /** Takes the keys. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Takes the records of all keys at one position: nearly always one.
         *
         * @param count the number of records
         * @return false if it takes none of them; a later slice goes on with them
         */
        boolean take(byte[][] keyRecords, int from, int count);
    }

    private final byte[] prefix;
    private long nowMs;
    private long next;
    private boolean ended;
    private long work;
    private final long workMax;

    /** The records in the slots of a block, some of them of other blocks. */
    private byte[][] near = new byte[FOUND_MIN][];

    private byte[][] found = new byte[FOUND_MIN][];
    private long[] positions = new long[FOUND_MIN];
    private int foundCount;

    /**
     * Creates a slice.
     *
     * @param prefix the canonical text with which the keys begin
     * @param next the position at which it begins; 0 for the first slice
     * @param workMax ends the slice after so much work: the unit is the visit of one slot
     */
    public KeyWalk(byte[] prefix, long next, long workMax) {
        this.prefix = prefix;
        this.next = next;
        this.workMax = workMax;
    }

    /** Returns the position from which on keys are still to come, unless the walk has {@link #ended}. */
    public long next() {
        return next;
    }

    /** Returns whether no key is left. */
    public boolean ended() {
        return ended;
    }

    /** Returns the work so far, in visited slots. */
    public long work() {
        return work;
    }

    void run(byte[] @Nullable [] records, int used, int[] slots, KeyOrder order, long now, Visitor visitor) {
        nowMs = now;
        if (slots.length == 0) {
            for (int i = 0; i < used; i++) {
                visit(records[i], order);
            }
            ended = handOver(visitor);
            return;
        }
        int blockBits = Integer.numberOfTrailingZeros(slots.length) - KeyOrder.BLOCK_BITS;
        do {
            int rank = blockBits == 0 ? 0 : (int) (next >>> (Long.SIZE - blockBits));
            collect(blockBits == 0 ? 0 : Integer.reverse(rank) >>> (Integer.SIZE - blockBits), records, slots, order);
            if (!handOver(visitor)) {
                return;
            }
            ended = rank + 1 == 1 << blockBits;
            next = ended ? next : (long) (rank + 1) << (Long.SIZE - blockBits);
        } while (!ended && work < workMax);
    }

    /**
     * Finds the records of a block. Each step does one thing for all of them, so that the processor loads several
     * records at a time.
     */
    private void collect(int block, byte[] @Nullable [] records, int[] slots, KeyOrder order) {
        int count = gather(block, records, slots);
        int listed = 0;
        for (int i = 0; i < count; i++) {
            byte[] keyRecord = near[i];
            if (isListed(keyRecord)) {
                near[listed++] = keyRecord;
            }
        }
        int mask = slots.length - 1;
        for (int i = 0; i < listed; i++) {
            long hash = hash(near[i], order);
            if (((int) hash & mask) >>> KeyOrder.BLOCK_BITS == block) {
                find(near[i], KeyOrder.position(hash));
            }
        }
    }

    /** Gathers the records in the slots of a block, and in those behind it up to a free one. Returns their number. */
    private int gather(int block, byte[] @Nullable [] records, int[] slots) {
        int mask = slots.length - 1;
        int from = block << KeyOrder.BLOCK_BITS;
        int last = from + (1 << KeyOrder.BLOCK_BITS) - 1;
        int count = 0;
        int i = from;
        for (; i < from + slots.length; i++) {
            int slot = slots[i & mask];
            if (slot == 0) {
                if (i >= last) {
                    break;
                }
                continue;
            }
            byte[] keyRecord = records[(slot & mask) - 1];
            if (keyRecord != null) {
                if (count == near.length) {
                    near = Arrays.copyOf(near, 2 * count);
                }
                near[count++] = keyRecord;
            }
        }
        work += i - from + 1;
        return count;
    }

    private void visit(byte @Nullable [] keyRecord, KeyOrder order) {
        work++;
        if (keyRecord != null && isListed(keyRecord)) {
            find(keyRecord, KeyOrder.position(hash(keyRecord, order)));
        }
    }

    /** Returns whether a record belongs to the list. */
    private boolean isListed(byte[] keyRecord) {
        if (KeyRecord.isExpired(keyRecord, nowMs)) {
            return false;
        }
        int from = KeyRecord.keyFrom(keyRecord);
        int length = KeyRecord.keyTo(keyRecord) - from;
        if (length < prefix.length) {
            return false;
        }
        work += prefix.length >>> PREFIX_BYTES_LOG2;
        return Arrays.equals(keyRecord, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private long hash(byte[] keyRecord, KeyOrder order) {
        int from = KeyRecord.keyFrom(keyRecord);
        int to = KeyRecord.keyTo(keyRecord);
        work += (to - from) >>> HASH_BYTES_LOG2;
        return order.hash(keyRecord, from, to);
    }

    /** Keeps a record that is still to come, ordered by position. A block has few records. */
    private void find(byte[] keyRecord, long position) {
        if (Long.compareUnsigned(position, next) < 0) {
            return;
        }
        if (foundCount == found.length) {
            found = Arrays.copyOf(found, 2 * foundCount);
            positions = Arrays.copyOf(positions, 2 * foundCount);
        }
        int at = foundCount++;
        for (; at > 0 && Long.compareUnsigned(positions[at - 1], position) > 0; at--) {
            found[at] = found[at - 1];
            positions[at] = positions[at - 1];
        }
        found[at] = keyRecord;
        positions[at] = position;
    }

    /** Hands the found records to the visitor. Returns whether it has taken all. */
    private boolean handOver(Visitor visitor) {
        int from = 0;
        while (from < foundCount) {
            int end = from + 1;
            while (end < foundCount && positions[end] == positions[from]) {
                end++;
            }
            if (!visitor.take(found, from, end - from)) {
                next = positions[from];
                foundCount = 0;
                return false;
            }
            from = end;
        }
        foundCount = 0;
        return true;
    }
}
