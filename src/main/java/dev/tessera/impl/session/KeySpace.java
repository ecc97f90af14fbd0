package dev.tessera.impl.session;

import static java.util.Objects.requireNonNull;

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
 * the next copy of the records closes the holes. {@link KeyOrder} is the hash, keyed because clients choose the keys.
 *
 * <p>A replaced key keeps its position. A key that has an end stops existing at that instant of the partition's time;
 * its record stays until a change of the key or a sweep removes it. Any thread may read a record, because records are
 * immutable; everything else belongs to the owner's thread.
 */
public final class KeySpace {

    /** The largest number of records without a table. */
    static final int UNINDEXED_MAX = 8;

    private static final byte[] @Nullable [] NO_RECORDS = {};
    private static final int[] NO_SLOTS = {};

    private final PartitionContext context;
    /** Receives the changes; null if nobody listens. */
    private @Nullable ChangeListener listener;
    /** The session that has these keys; null for the global key space. */
    private final @Nullable Session session;
    /** Null if no key has an end. */
    private @Nullable EndingKeys ending;
    /** Hashes the keys. */
    private final KeyOrder order;

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
    /** Null outside of batches. */
    private @Nullable BatchChanges batch;

    /** Creates an empty key space without a listener and without limits. */
    public KeySpace() {
        this(KeyOrder.random());
    }

    /** Creates an empty key space without a listener and without limits. */
    KeySpace(KeyOrder order) {
        this(new PartitionContext(null, MemoryAccount.unlimited(), new RevisionClock(), order), null, true);
    }

    /**
     * Creates an empty key space, whose changes are those of {@code session}.
     *
     * @param reports whether it reports its changes; otherwise it begins with {@link #report}
     */
    KeySpace(PartitionContext context, @Nullable Session session, boolean reports) {
        this.context = context;
        this.listener = reports ? context.changes() : null;
        this.session = session;
        this.order = context.order();
    }

    /** Reports all changes from now on. */
    void report() {
        listener = context.changes();
    }

    /** Returns the number of keys. It visits those that have ended and are not reclaimed yet. */
    public int size() {
        return size - ended();
    }

    /** Returns the number of keys, including those that have ended and are not reclaimed yet. */
    public int heldSize() {
        return size;
    }

    private int ended() {
        return ending == null ? 0 : ending.countEnded(context.revisions().nowMs(), records);
    }

    /** Returns the size of all records in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Returns the bytes on the heap that all records take. */
    long recordsHeapBytes() {
        return recordsBytes;
    }

    /** Returns the account that counts the keys. */
    public MemoryAccount memory() {
        return context.memory();
    }

    /** Returns the bytes on the heap that the keys take. */
    public long memoryBytes() {
        return recordsBytes
                + tableBytes(records.length, slots.length)
                + (ending == null ? 0 : ending.memoryBytes())
                + (held == null ? 0 : HeldRecords.BYTES)
                + (batch == null ? 0 : batch.bytes());
    }

    /**
     * Returns the most bytes on the heap that more keys and values of this size together take.
     *
     * @param haveEnds whether any of these keys gets an end
     */
    public long growthMax(int newKeys, long textBytes, boolean haveEnds) {
        int header = haveEnds ? KeyRecord.headerBytes(0) : KeyRecord.HEADER_BYTES;
        return ObjectSize.ofBytesMax(newKeys, (long) newKeys * header + textBytes)
                + tableGrowth(newKeys)
                + endingGrowth(newKeys, haveEnds ? newKeys : 0);
    }

    /** Returns the bytes on the heap of a record with a key and a value of this size together. */
    public static long recordBytes(long textBytes, boolean hasEnd) {
        return ObjectSize.ofBytes((hasEnd ? KeyRecord.headerBytes(0) : KeyRecord.HEADER_BYTES) + textBytes);
    }

    /** Returns the bytes on the heap that become free if a record is replaced or removed. */
    long freedBytes(byte[] keyRecord) {
        return keepsLostRecords() ? 0 : ObjectSize.ofBytes(keyRecord.length);
    }

    /** Returns the bytes by which the index of ends grows if some keys are added, and some keys get an end. */
    public long endingGrowth(int newKeys, int newEnds) {
        if (ending == null && newEnds == 0) {
            return 0;
        }
        int capacity = newKeys <= records.length - used ? records.length : capacityFor(size + newKeys);
        return ending == null
                ? EndingKeys.memoryBytes(newEnds, capacity)
                : ending.memoryBytesAfter(newEnds, capacity) - (batch == null ? ending.memoryBytes() : 0);
    }

    /** Returns the bytes of the index of ends of a new key space. */
    static long endingBytes(int keys, int ends) {
        return ends == 0 ? 0 : EndingKeys.memoryBytes(ends, capacityFor(keys));
    }

    /** Returns the most bytes on the heap of a key space with this many keys, without their records. */
    static long tableBytes(int keys) {
        int capacity = keys == 0 ? 0 : capacityFor(keys);
        return tableBytes(capacity, slotsFor(capacity));
    }

    /** Returns the bytes by which the tables grow if this many keys are added. */
    long tableGrowth(int newKeys) {
        if (newKeys <= records.length - used) {
            return 0;
        }
        int capacity = capacityFor(size + newKeys);
        return tableBytes(capacity, slotsFor(capacity))
                - (batch == null ? tableBytes(records.length, slots.length) : 0);
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

    /** Stores a key for ever, or replaces its value and its end. Returns whether the key existed. */
    public boolean put(byte[] key, int keyFrom, int keyTo, byte[] value, int valueFrom, int valueTo) {
        return put(key, keyFrom, keyTo, value, valueFrom, valueTo, KeyRecord.NO_END);
    }

    /**
     * Stores a key or replaces its value. Returns whether the key existed.
     *
     * @param endMs when the key stops existing, in milliseconds since 1970; or {@link KeyRecord#NO_END}
     */
    public boolean put(byte[] key, int keyFrom, int keyTo, byte[] value, int valueFrom, int valueTo, long endMs) {
        int index = findForChange(key, keyFrom, keyTo);
        byte[] keyRecord = KeyRecord.of(change(), endMs, key, keyFrom, keyTo, value, valueFrom, valueTo);
        if (index < 0) {
            append(keyRecord);
            return false;
        }
        update(index, keyRecord);
        return true;
    }

    /** Stores a key unless it exists. Returns whether it was stored. */
    public boolean add(byte[] key, int keyFrom, int keyTo, byte[] value, int valueFrom, int valueTo, long endMs) {
        if (findForChange(key, keyFrom, keyTo) >= 0) {
            return false;
        }
        append(KeyRecord.of(change(), endMs, key, keyFrom, keyTo, value, valueFrom, valueTo));
        return true;
    }

    /** Moves the end of a key. Returns whether the key exists. */
    public boolean moveEnd(byte[] key, int from, int to, long endMs) {
        int index = findForChange(key, from, to);
        if (index < 0) {
            return false;
        }
        byte[] moved = KeyRecord.with(change(), endMs, records[index]);
        replace(index, moved, false);
        report(ChangeKind.END_MOVED, moved, KeyRecord.revision(moved));
        return true;
    }

    /** Removes a key. Returns whether it existed. */
    public boolean remove(byte[] key, int from, int to) {
        int index = findForChange(key, from, to);
        if (index < 0) {
            return false;
        }
        long revision = change();
        report(ChangeKind.REMOVED, takeOut(index), revision);
        return true;
    }

    /** Removes all keys. Returns how many there were. */
    public int clear() {
        int ended = ended();
        int removed = size - ended;
        if (removed == 0) {
            return 0;
        }
        if (ended > 0 && batch == null) {
            // The expiries come before the clear, which also removes their records.
            context.revisions().next();
        }
        long revision = change();
        byte[] @Nullable [] dropped = records;
        BatchChanges open = batch;
        if (open != null) {
            leave(open);
            long before = open.bytes();
            open.cleared(recordsBytes);
            context.memory().add(open.bytes() - before);
        }
        drop();
        if (listener != null) {
            reportCleared(listener, dropped, revision);
        }
        return removed;
    }

    /** Each partition has only some of the global keys, so clearing one partition removes those and clears nothing. */
    private void reportCleared(ChangeListener to, byte[] @Nullable [] dropped, long revision) {
        if (session != null) {
            to.changed(ChangeKind.CLEARED, session, null, revision);
            return;
        }
        for (byte[] keyRecord : dropped) {
            if (keyRecord != null) {
                to.changed(ChangeKind.REMOVED, null, keyRecord, revision);
            }
        }
    }

    /** Returns the time of the command that runs, in milliseconds since 1970. */
    public long nowMs() {
        return context.revisions().nowMs();
    }

    /** Returns whether any key has an end. */
    public boolean anyEnds() {
        return ending != null;
    }

    /**
     * Removes a key that has ended, so that its expiry has an earlier revision than the changes of the command that
     * runs. Must be called before these.
     */
    public void expire(byte[] key, int from, int to) {
        if (ending != null) {
            findForChange(key, from, to);
        }
    }

    /** Removes the key that ended first. Returns the length of its name; -1 if none has ended. */
    int expireFirst() {
        if (nextEndMs() > context.revisions().nowMs()) {
            return -1;
        }
        int index = requireNonNull(ending).first();
        int nameBytes = KeyRecord.keyTo(records[index]) - KeyRecord.keyFrom(records[index]);
        expire(index);
        return nameBytes;
    }

    /** Returns when the first of the keys ends, in milliseconds since 1970; or {@link KeyRecord#NO_END}. */
    long nextEndMs() {
        return ending == null ? KeyRecord.NO_END : KeyRecord.endMs(records[ending.first()]);
    }

    private void expire(int index) {
        long revision = context.revisions().next();
        note(revision);
        memory().budget().addExpired();
        report(ChangeKind.KEY_EXPIRED, takeOut(index), revision);
    }

    /** Returns the revision of the last change of the session, or of the partition if the keys are global. */
    public long revision() {
        return session == null ? context.revisions().last() : session.revision();
    }

    /** Returns the revision of the command that runs, which changes this key space. */
    private long change() {
        long revision = context.revisions().ofCommand();
        note(revision);
        return revision;
    }

    private void note(long revision) {
        if (session != null) {
            session.changedAt(revision);
        }
    }

    private void report(ChangeKind kind, byte[] keyRecord, long revision) {
        if (listener != null) {
            listener.changed(kind, session, keyRecord, revision);
        }
    }

    /** Stores a recorded key or replaces its value, without a report. */
    void restore(byte[] keyRecord) {
        int index = indexOf(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
        if (index < 0) {
            insert(keyRecord);
        } else {
            replace(index, keyRecord);
        }
    }

    /** Removes a key if it exists, without a report. */
    void restoreRemoved(byte[] key, int from, int to) {
        int index = indexOf(key, from, to);
        if (index >= 0) {
            takeOut(index);
        }
    }

    /** Moves the end of a key if it exists, without a report. */
    void restoreEnd(byte[] key, long endMs, long revision) {
        int index = indexOf(key, 0, key.length);
        if (index >= 0) {
            replace(index, KeyRecord.with(revision, endMs, records[index]));
        }
    }

    /** Moves the ends of all keys by a difference between clocks, without a report. */
    void shiftEnds(long aheadMs) {
        for (int i = 0; ending != null && i < used; i++) {
            if (records[i] != null && KeyRecord.hasEnd(records[i])) {
                replace(i, KeyRecord.shifted(records[i], aheadMs));
            }
        }
    }

    /** Returns the record of a key, even if it has ended; or null. */
    byte @Nullable [] held(byte[] key, int from, int to) {
        int index = indexOf(key, from, to);
        return index < 0 ? null : records[index];
    }

    /** Removes all keys without a report. */
    void drop() {
        if (batch != null) {
            leave(batch);
        }
        leaveSnapshots();
        context.memory().add((batch == null ? 0 : batch.bytes()) - memoryBytes());
        records = NO_RECORDS;
        slots = NO_SLOTS;
        ending = null;
        used = 0;
        size = 0;
        bytes = 0;
        recordsBytes = 0;
    }

    /** Visits the record of every key in insertion order. The consumer must not change this key space. */
    public void forEach(Consumer<byte[]> consumer) {
        long nowMs = context.revisions().nowMs();
        for (int i = 0; i < used; i++) {
            byte[] keyRecord = records[i];
            if (keyRecord != null && (ending == null || !KeyRecord.isExpired(keyRecord, nowMs))) {
                consumer.accept(keyRecord);
            }
        }
    }

    /** Visits every record in insertion order, also of keys that have ended. */
    public void forEachHeld(Consumer<byte[]> consumer) {
        for (int i = 0; i < used; i++) {
            if (records[i] != null) {
                consumer.accept(records[i]);
            }
        }
    }

    /** Visits the keys of one slice of a list. The visitor must not change this key space. */
    public void walk(KeyWalk slice, KeyWalk.Visitor visitor) {
        slice.run(records, used, slots, order, context.revisions().nowMs(), visitor);
    }

    /** Returns the order of lists. */
    public KeyOrder order() {
        return order;
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
        if (batch != null) {
            // The batch may be undone in the array.
            return snapshotOf(copy());
        }
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
            held = new HeldRecords(context.memory().budget());
            context.memory().add(HeldRecords.BYTES);
        }
        return held;
    }

    /** Returns whether there may be a snapshot. */
    boolean hasSnapshot() {
        return held != null;
    }

    /** Returns whether records that are replaced or removed stay alive, because tasks hold snapshots. */
    public boolean keepsLostRecords() {
        return batch != null || (held != null && held.isHeld());
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
        context.memory().add(-HeldRecords.BYTES);
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

    /**
     * Begins a batch: all changes until {@link #commitBatch} or {@link #undoBatch} are one. Nobody hears of them
     * before. No named key may have ended; see {@link #expire}.
     */
    public void beginBatch() {
        Session owner = requireNonNull(session, "the global key space has no batches");
        BatchChanges begun = new BatchChanges(
                listener,
                held,
                owner.revision(),
                context.revisions().last(),
                size,
                bytes,
                recordsBytes,
                memoryBytes(),
                ending == null ? 0 : ending.capacity());
        listener = null;
        batch = begun;
        context.memory().add(begun.bytes());
    }

    /** Returns the bytes on the heap that a batch keeps for changes of this many keys, until it ends. */
    public static long batchBytesMax(int keys, long keyBytes) {
        return BatchChanges.BYTES
                + (long) keys * BatchChanges.CHANGED_KEY_BYTES
                + ObjectSize.ofBytesMax(keys, keyBytes);
    }

    /** Returns the revision that the session has after the batch, if it commits now. */
    public long batchRevision() {
        BatchChanges open = requireNonNull(batch);
        return open.isEmpty(this) ? open.revision : requireNonNull(session).revision();
    }

    /** Returns the bytes of the values that the batch has stored and that are still there. */
    public long batchValueBytes() {
        return requireNonNull(batch).valueBytes(this);
    }

    /** Ends a batch and reports its changes. If they cancel out, the revision is that from before. */
    public void commitBatch() {
        BatchChanges done = endBatch();
        context.memory().add(-done.bytes());
        if (done.isEmpty(this)) {
            forgetRevision(done);
            return;
        }
        if (listener != null) {
            long revision = context.revisions().ofCommand();
            ChangeListener to = listener;
            done.report(this, (kind, keyRecord) -> to.changed(kind, session, keyRecord, revision));
        }
    }

    /** Ends a batch. Everything is as before it: keys, order, ends, memory and revisions. */
    public void undoBatch() {
        BatchChanges undone = requireNonNull(batch);
        long before = memoryBytes();
        endBatch();
        BatchChanges.Layout kept = undone.kept();
        if (kept != null) {
            records = kept.records();
            slots = kept.slots();
            used = kept.used();
            ending = kept.ending();
        }
        for (int place = undone.count() - 1; place >= 0; place--) {
            undo(undone.index(place), undone.slot(place), undone.before(place));
        }
        held = undone.held;
        size = undone.size;
        bytes = undone.recordBytes;
        recordsBytes = undone.recordsHeapBytes;
        if (undone.endingCapacity > 0) {
            requireNonNull(ending).resize(undone.endingCapacity);
        } else {
            ending = null;
        }
        context.memory().add(undone.memoryBytes - before);
        forgetRevision(undone);
    }

    private BatchChanges endBatch() {
        BatchChanges ended = requireNonNull(batch, "there is no batch");
        batch = null;
        listener = ended.listener;
        return ended;
    }

    private void forgetRevision(BatchChanges ended) {
        note(ended.revision);
        context.revisions().forgetCommand(ended.lastRevision);
    }

    /** Puts back the record that was in a place, or frees the place. */
    private void undo(int index, int slot, byte @Nullable [] before) {
        if (before == null && ending != null) {
            ending.remove(index, records);
        }
        records[index] = before;
        if (before == null) {
            used = index;
            if (slot >= 0) {
                slots[slot] = 0;
            }
            return;
        }
        if (ending == null && KeyRecord.hasEnd(before)) {
            ending = new EndingKeys(records.length);
        }
        if (ending != null) {
            ending.update(index, records);
        }
    }

    /** Lets a batch keep the arrays that the key space is about to leave. Returns whether it does. */
    private boolean leave(BatchChanges open) {
        if (open.kept() != null) {
            return false;
        }
        boolean shared = held != null && held.shared != null;
        long before = open.bytes();
        open.keep(
                new BatchChanges.Layout(shared ? records.clone() : records, slots, used, ending),
                tableBytes(records.length, slots.length) + (ending == null ? 0 : ending.memoryBytes()));
        context.memory().add(open.bytes() - before);
        return true;
    }

    /** Returns the index of a key's record, or -1 if the key does not exist. */
    private int find(byte[] key, int from, int to) {
        int index = indexOf(key, from, to);
        return index >= 0 && hasEnded(index) ? -1 : index;
    }

    /** Returns the index of a key's record, or -1. Removes the record of a key that has ended. */
    private int findForChange(byte[] key, int from, int to) {
        int index = indexOf(key, from, to);
        if (index >= 0 && hasEnded(index)) {
            expire(index);
            return -1;
        }
        return index;
    }

    private boolean hasEnded(int index) {
        return ending != null
                && KeyRecord.isExpired(records[index], context.revisions().nowMs());
    }

    private int indexOf(byte[] key, int from, int to) {
        if (slots.length == 0) {
            for (int i = 0; i < used; i++) {
                if (records[i] != null && KeyRecord.hasKey(records[i], key, from, to)) {
                    return i;
                }
            }
            return -1;
        }
        int mask = slots.length - 1;
        long hash = order.hash(key, from, to);
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
            listener.changed(ChangeKind.SET, session, keyRecord, KeyRecord.revision(keyRecord));
        }
    }

    private void update(int index, byte[] keyRecord) {
        replace(index, keyRecord);
        if (listener != null) {
            listener.changed(ChangeKind.UPDATED, session, keyRecord, KeyRecord.revision(keyRecord));
        }
    }

    private byte[] takeOut(int index) {
        own(index);
        byte[] removed = records[index];
        if (batch != null) {
            long before = batch.bytes();
            batch.removed(index, removed);
            context.memory().add(batch.bytes() - before);
        }
        if (ending != null) {
            ending.remove(index, records);
        }
        records[index] = null;
        size--;
        bytes -= removed.length;
        count(-ObjectSize.ofBytes(removed.length));
        if (size == 0) {
            drop();
            return removed;
        }
        forgetEnding();
        if (used > UNINDEXED_MAX && size < used / 4) {
            rebuild();
        }
        return removed;
    }

    private void replace(int index, byte[] keyRecord) {
        replace(index, keyRecord, true);
    }

    private void replace(int index, byte[] keyRecord, boolean hasNewValue) {
        own(index);
        byte[] replaced = records[index];
        if (batch != null) {
            long before = batch.bytes();
            batch.replaced(index, replaced, hasNewValue);
            context.memory().add(batch.bytes() - before);
        }
        bytes += keyRecord.length - replaced.length;
        count(ObjectSize.ofBytes(keyRecord.length) - ObjectSize.ofBytes(replaced.length));
        records[index] = keyRecord;
        if (ending != null || KeyRecord.hasEnd(keyRecord)) {
            noteEnd(index);
        }
    }

    /** Notes the end of a record that was stored. */
    private void noteEnd(int index) {
        if (ending == null) {
            ending = new EndingKeys(records.length);
            context.memory().add(ending.memoryBytes());
        }
        long before = ending.memoryBytes();
        ending.update(index, records);
        context.memory().add(ending.memoryBytes() - before);
        forgetEnding();
    }

    private void forgetEnding() {
        if (ending != null && ending.size() == 0) {
            context.memory().add(-ending.memoryBytes());
            ending = null;
        }
    }

    /** Counts the bytes on the heap of records that were stored, or, if negative, removed. */
    private void count(long more) {
        recordsBytes += more;
        context.memory().add(more);
    }

    private void insert(byte[] keyRecord) {
        if (used == records.length) {
            rebuild();
        }
        records[used] = keyRecord;
        int slot = slots.length == 0 ? -1 : index(used);
        if (batch != null) {
            long before = batch.bytes();
            batch.inserted(used, slot, keyRecord);
            context.memory().add(batch.bytes() - before);
        }
        used++;
        size++;
        bytes += keyRecord.length;
        count(ObjectSize.ofBytes(keyRecord.length));
        if (KeyRecord.hasEnd(keyRecord)) {
            noteEnd(used - 1);
        }
    }

    /** Copies the records without holes into arrays with space for half as many again, and rebuilds the slots. */
    private void rebuild() {
        boolean keptByBatch = batch != null && leave(batch);
        leaveArray();
        int capacity = capacityFor(size);
        int slotCount = slotsFor(capacity);
        context.memory().add(tableBytes(capacity, slotCount) - tableBytes(records.length, slots.length));
        byte[] @Nullable [] old = records;
        int oldUsed = used;
        records = new byte[capacity][];
        used = 0;
        for (int i = 0; i < oldUsed; i++) {
            if (old[i] != null) {
                records[used++] = old[i];
            }
        }
        if (ending != null) {
            long before = ending.memoryBytes();
            ending = keptByBatch ? ending.copy() : ending;
            ending.moveTo(old, oldUsed, capacity);
            context.memory().add(ending.memoryBytes() - before);
        }
        if (slotCount == 0) {
            slots = NO_SLOTS;
            return;
        }
        slots = slotCount == slots.length && !keptByBatch ? slots : new int[slotCount];
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

    /** Returns the slot. */
    private int index(int recordIndex) {
        byte[] keyRecord = records[recordIndex];
        int mask = slots.length - 1;
        long hash = order.hash(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
        int i = (int) hash & mask;
        while (slots[i] != 0) {
            i = i + 1 & mask;
        }
        slots[i] = fingerprint(hash, mask) | recordIndex + 1;
        return i;
    }

    /** Throws if the arrays are inconsistent; for tests. */
    void checkInvariants() {
        if (ending != null) {
            ending.checkInvariants(records, used);
        }
        int live = 0;
        long liveBytes = 0;
        long heapBytes = 0;
        for (int i = 0; i < used; i++) {
            if (records[i] != null) {
                live++;
                liveBytes += records[i].length;
                heapBytes += ObjectSize.ofBytes(records[i].length);
                if (indexOf(records[i], KeyRecord.keyFrom(records[i]), KeyRecord.keyTo(records[i])) != i) {
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
