package dev.tessera.impl.session;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.ObjectSize;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one session: a hash map from canonical key to value that keeps the order of insertion and little memory.
 *
 * <p>The records (see {@link KeyRecord}) lie in an array in the order of their insertion; a second array, the slots, is
 * an open-addressing table of indices into the first, as in Python's dict. A slot is one int:
 *
 * <pre>
 *   31            b            0
 *   +-------------+------------+
 *   | fingerprint | index + 1  |     2^b slots; 0 is a free slot
 *   +-------------+------------+
 * </pre>
 *
 * The fingerprint makes a probe of a wrong record rare. Up to {@value #UNINDEXED_MAX} keys there is no table, and a
 * search compares one record after the other. A removed key leaves a hole in the records, and its slot keeps its index;
 * the next copy of the records closes the holes. A secret of the process keys the hash, because clients choose the
 * keys.
 *
 * <p>A replaced key keeps its position. Any thread may read a record, because records are immutable; everything else
 * belongs to the owner's thread.
 */
public final class KeySpace {

    /** The largest number of records without a table. */
    static final int UNINDEXED_MAX = 8;

    private static final byte[] @Nullable [] NO_RECORDS = {};
    private static final int[] NO_SLOTS = {};

    /** Null if nobody listens. */
    private @Nullable ChangeListener listener;
    /** The session that has these keys; null for the global key space. */
    private final @Nullable Session session;
    /** Counts records and tables. */
    private final MemoryAccount memory;

    private byte[] @Nullable [] records = NO_RECORDS;
    private int[] slots = NO_SLOTS;
    /** The used length of {@link #records}, including holes. */
    private int used;

    private int size;
    /** The size of all records. */
    private long bytes;
    /** The bytes on the heap of all records. */
    private long recordsBytes;
    /** Null if there is no snapshot. If one shares {@link #records}, no record in it may be replaced in place. */
    private @Nullable HeldRecords held;

    /** Creates an empty key space without a listener and without limits. */
    public KeySpace() {
        this(null, null, MemoryAccount.unlimited());
    }

    /** Creates an empty key space that reports its changes as those of {@code session}. */
    KeySpace(@Nullable ChangeListener listener, @Nullable Session session, MemoryAccount memory) {
        this.listener = listener;
        this.session = session;
        this.memory = memory;
    }

    /** Reports all changes from now on. */
    void listen(ChangeListener next) {
        listener = next;
    }

    /** Returns the number of keys. */
    public int size() {
        return size;
    }

    /** Returns the size of all records in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Returns the account that counts the keys. */
    public MemoryAccount memory() {
        return memory;
    }

    /** Returns the bytes on the heap that the keys take. */
    public long memoryBytes() {
        return recordsBytes + tableBytes(records.length, slots.length) + (held == null ? 0 : HeldRecords.BYTES);
    }

    /** Returns the most bytes on the heap that more keys and values of this size together take. */
    public long growthMax(int newKeys, long textBytes) {
        return ObjectSize.ofBytesMax(newKeys, (long) newKeys * KeyRecord.HEADER_BYTES + textBytes)
                + tableGrowth(newKeys);
    }

    /** Returns the bytes on the heap of a record with a key and a value of this size together. */
    public static long recordBytes(long textBytes) {
        return ObjectSize.ofBytes(KeyRecord.HEADER_BYTES + textBytes);
    }

    /**
     * Returns the bytes on the heap by which a record grows, or, if negative, shrinks with another value. A record that
     * stays alive for tasks frees nothing.
     */
    public long replacementGrowth(byte[] keyRecord, long valueBytes) {
        return ObjectSize.ofBytes(KeyRecord.valueFrom(keyRecord) + valueBytes)
                - (keepsLostRecords() ? 0 : ObjectSize.ofBytes(keyRecord.length));
    }

    /** Returns the most bytes on the heap of a key space with this many keys, without their records. */
    public static long tableBytes(int keys) {
        int capacity = keys == 0 ? 0 : capacityFor(keys);
        return tableBytes(capacity, slotsFor(capacity));
    }

    /** Returns the bytes by which the tables grow if this many keys are added. */
    public long tableGrowth(int newKeys) {
        if (newKeys <= records.length - used) {
            return 0;
        }
        int capacity = capacityFor(size + newKeys);
        return tableBytes(capacity, slotsFor(capacity)) - tableBytes(records.length, slots.length);
    }

    /** Returns the record of a key, or null. */
    public byte @Nullable [] get(byte[] key, int from, int to) {
        int index = find(key, from, to);
        return index < 0 ? null : records[index];
    }

    /** Returns whether the key exists. */
    public boolean contains(byte[] key, int from, int to) {
        return find(key, from, to) >= 0;
    }

    /** Stores a key or replaces its value. Returns whether the key existed. */
    public boolean put(byte[] key, int keyFrom, int keyTo, byte[] value, int valueFrom, int valueTo) {
        int index = find(key, keyFrom, keyTo);
        byte[] keyRecord = KeyRecord.of(key, keyFrom, keyTo, value, valueFrom, valueTo);
        if (index < 0) {
            append(keyRecord);
            return false;
        }
        replace(index, keyRecord);
        if (listener != null) {
            listener.changed(ChangeKind.UPDATED, session, keyRecord);
        }
        return true;
    }

    /** Stores a key unless it exists. Returns whether it was stored. */
    public boolean add(byte[] key, int keyFrom, int keyTo, byte[] value, int valueFrom, int valueTo) {
        if (find(key, keyFrom, keyTo) >= 0) {
            return false;
        }
        append(KeyRecord.of(key, keyFrom, keyTo, value, valueFrom, valueTo));
        return true;
    }

    /** Removes a key. Returns whether it existed. */
    public boolean remove(byte[] key, int from, int to) {
        int index = find(key, from, to);
        if (index < 0) {
            return false;
        }
        byte[] removed = takeOut(index);
        if (listener != null) {
            listener.changed(ChangeKind.REMOVED, session, removed);
        }
        return true;
    }

    /** Removes all keys. Returns how many there were. */
    public int clear() {
        int removed = size;
        byte[] @Nullable [] dropped = records;
        drop();
        if (listener != null && removed > 0) {
            reportCleared(listener, dropped);
        }
        return removed;
    }

    /** Each partition has only some of the global keys, so clearing one partition removes those and clears nothing. */
    private void reportCleared(ChangeListener to, byte[] @Nullable [] dropped) {
        if (session != null) {
            to.changed(ChangeKind.CLEARED, session, null);
            return;
        }
        for (byte[] keyRecord : dropped) {
            if (keyRecord != null) {
                to.changed(ChangeKind.REMOVED, null, keyRecord);
            }
        }
    }

    /** Stores a recorded key or replaces its value, without a report. */
    void restore(byte[] keyRecord) {
        int index = find(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
        if (index < 0) {
            insert(keyRecord);
        } else {
            replace(index, keyRecord);
        }
    }

    /** Removes a key if it exists, without a report. */
    void restoreRemoved(byte[] key, int from, int to) {
        int index = find(key, from, to);
        if (index >= 0) {
            takeOut(index);
        }
    }

    /** Removes all keys without a report. */
    void drop() {
        leaveSnapshots();
        memory.add(-memoryBytes());
        records = NO_RECORDS;
        slots = NO_SLOTS;
        used = 0;
        size = 0;
        bytes = 0;
        recordsBytes = 0;
    }

    /** Visits every record in insertion order. The consumer must not change this key space. */
    public void forEach(Consumer<byte[]> consumer) {
        for (int i = 0; i < used; i++) {
            if (records[i] != null) {
                consumer.accept(records[i]);
            }
        }
    }

    /** Returns the current records in insertion order, with nulls in between, in an array of the caller. */
    public byte[] @Nullable [] copy() {
        return Arrays.copyOf(records, used);
    }

    /**
     * Returns the current records in insertion order. All callers until the next change get the same snapshot. It
     * copies nothing: the next change of a record in it copies the array.
     */
    public KeySnapshot snapshot() {
        HeldRecords group = held();
        KeySnapshot last = group.shared;
        if (last == null || last.size() != used) {
            // A longer snapshot of the same array. The shorter one counts as outdated, because nobody marks it later.
            unshare(group);
            last = new KeySnapshot(records, used, memoryBytes(), group);
            group.shared = last;
        }
        return last;
    }

    /** Returns a snapshot of some current records of this key space, with null for a key that does not exist. */
    public KeySnapshot snapshotOf(byte[] @Nullable ... some) {
        return KeySnapshot.of(some, held());
    }

    private HeldRecords held() {
        if (held == null) {
            held = new HeldRecords(memory.budget());
            memory.add(HeldRecords.BYTES);
        }
        return held;
    }

    /** Returns whether there may be a snapshot. */
    boolean hasSnapshot() {
        return held != null;
    }

    /** Returns whether records that are replaced or removed stay alive, because tasks hold snapshots. */
    public boolean keepsLostRecords() {
        return held != null && held.isHeld();
    }

    /** Must be called when all records go: from now on only the snapshots keep them alive. */
    void leaveSnapshots() {
        if (held != null) {
            unshare(held);
            held.lose(memoryBytes());
            forgetSnapshots();
        }
    }

    private void forgetSnapshots() {
        held = null;
        memory.add(-HeldRecords.BYTES);
    }

    /** Returns whether a snapshot has shared the array. */
    private static boolean unshare(HeldRecords group) {
        KeySnapshot last = group.shared;
        if (last == null) {
            return false;
        }
        group.shared = null;
        last.outdate();
        return true;
    }

    /** Makes the array of records the key space's own before the record at this index goes. */
    private void own(int index) {
        HeldRecords group = held;
        if (group == null) {
            return;
        }
        long lost = ObjectSize.ofBytes(records[index].length);
        if (unshare(group)) {
            lost += ObjectSize.ofReferences(records.length);
            records = records.clone();
        }
        if (!group.lose(lost)) {
            forgetSnapshots();
        }
    }

    /** Lets the snapshots keep the array, because the key space gets another one. */
    private void leaveArray() {
        HeldRecords group = held;
        if (group != null && unshare(group) && !group.lose(ObjectSize.ofReferences(records.length))) {
            forgetSnapshots();
        }
    }

    private int find(byte[] key, int from, int to) {
        if (slots.length == 0) {
            for (int i = 0; i < used; i++) {
                if (records[i] != null && KeyRecord.hasKey(records[i], key, from, to)) {
                    return i;
                }
            }
            return -1;
        }
        int mask = slots.length - 1;
        long hash = Bytes.hash(key, from, to);
        int fingerprint = fingerprint(hash, mask);
        for (int i = (int) hash & mask; slots[i] != 0; i = i + 1 & mask) {
            if ((slots[i] & ~mask) == fingerprint) {
                int index = (slots[i] & mask) - 1;
                if (records[index] != null && KeyRecord.hasKey(records[index], key, from, to)) {
                    return index;
                }
            }
        }
        return -1;
    }

    private static int fingerprint(long hash, int mask) {
        return (int) (hash >>> 32) & ~mask;
    }

    private void append(byte[] keyRecord) {
        insert(keyRecord);
        if (listener != null) {
            listener.changed(ChangeKind.SET, session, keyRecord);
        }
    }

    private byte[] takeOut(int index) {
        own(index);
        byte[] removed = records[index];
        records[index] = null;
        size--;
        bytes -= removed.length;
        count(-ObjectSize.ofBytes(removed.length));
        if (size == 0) {
            drop();
        } else if (used > UNINDEXED_MAX && size < used / 4) {
            rebuild();
        }
        return removed;
    }

    private void replace(int index, byte[] keyRecord) {
        own(index);
        byte[] replaced = records[index];
        bytes += keyRecord.length - replaced.length;
        count(ObjectSize.ofBytes(keyRecord.length) - ObjectSize.ofBytes(replaced.length));
        records[index] = keyRecord;
    }

    /** Counts the bytes on the heap of records that were stored, or, if negative, removed. */
    private void count(long more) {
        recordsBytes += more;
        memory.add(more);
    }

    private void insert(byte[] keyRecord) {
        if (used == records.length) {
            rebuild();
        }
        records[used] = keyRecord;
        if (slots.length != 0) {
            index(used);
        }
        used++;
        size++;
        bytes += keyRecord.length;
        count(ObjectSize.ofBytes(keyRecord.length));
    }

    /** Copies the records without holes into arrays with space for half as many again, and rebuilds the slots. */
    private void rebuild() {
        leaveArray();
        int capacity = capacityFor(size);
        int slotCount = slotsFor(capacity);
        memory.add(tableBytes(capacity, slotCount) - tableBytes(records.length, slots.length));
        byte[] @Nullable [] old = records;
        int oldUsed = used;
        records = new byte[capacity][];
        used = 0;
        for (int i = 0; i < oldUsed; i++) {
            if (old[i] != null) {
                records[used++] = old[i];
            }
        }
        if (slotCount == 0) {
            slots = NO_SLOTS;
            return;
        }
        slots = slotCount == slots.length ? slots : new int[slotCount];
        Arrays.fill(slots, 0);
        for (int i = 0; i < used; i++) {
            index(i);
        }
    }

    private static int capacityFor(int keys) {
        return Math.max(1, keys + ((keys + 1) >> 1));
    }

    /** Returns the length of the table for this capacity; 0 if it needs none. */
    private static int slotsFor(int capacity) {
        if (capacity <= UNINDEXED_MAX) {
            return 0;
        }
        int slotCount = Integer.highestOneBit(capacity) << 1;
        return capacity > slotCount / 4 * 3 ? slotCount << 1 : slotCount;
    }

    private static long tableBytes(int capacity, int slotCount) {
        return (capacity == 0 ? 0 : ObjectSize.ofReferences(capacity))
                + (slotCount == 0 ? 0 : ObjectSize.ofInts(slotCount));
    }

    private void index(int recordIndex) {
        byte[] keyRecord = records[recordIndex];
        int mask = slots.length - 1;
        long hash = Bytes.hash(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
        int i = (int) hash & mask;
        while (slots[i] != 0) {
            i = i + 1 & mask;
        }
        slots[i] = fingerprint(hash, mask) | recordIndex + 1;
    }

    /** Throws if the arrays are inconsistent; for tests. */
    void checkInvariants() {
        int live = 0;
        long liveBytes = 0;
        long heapBytes = 0;
        for (int i = 0; i < used; i++) {
            if (records[i] != null) {
                live++;
                liveBytes += records[i].length;
                heapBytes += ObjectSize.ofBytes(records[i].length);
                if (find(records[i], KeyRecord.keyFrom(records[i]), KeyRecord.keyTo(records[i])) != i) {
                    throw new IllegalStateException("record " + i + " is not found at its place");
                }
            }
        }
        if (live != size
                || liveBytes != bytes
                || heapBytes != recordsBytes
                || used > records.length
                || (slots.length != 0 && used >= slots.length)) {
            throw new IllegalStateException(
                    "live " + live + ", size " + size + ", used " + used + ", slots " + slots.length);
        }
    }
}
