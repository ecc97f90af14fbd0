package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.memory.ObjectSize;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of a key space at one moment. It shares the array of the key space until a record in it changes, so that
 * taking it costs nothing. Any thread may read it.
 *
 * <p>Each task that reads it {@linkplain #hold holds} it before the next change, and {@linkplain #release releases} it
 * at its end. Meanwhile the records that the key space loses stay charged to the budget.
 */
public final class KeySnapshot {

    private final byte[] @Nullable [] records;
    private final int used;
    private final long bytes;
    private final HeldRecords held;
    private volatile boolean outdated;
    // The monitor of held guards the fields below.
    private int tasks;
    private @Nullable Consumer<KeySnapshot> listener;

    KeySnapshot(byte[] @Nullable [] records, int used, long bytes, HeldRecords held) {
        this.records = records;
        this.used = used;
        this.bytes = bytes;
        this.held = held;
    }

    /** Returns a snapshot of some records, with null for a key that does not exist. No key space has them. */
    public static KeySnapshot of(byte[] @Nullable [] records) {
        return of(records, new HeldRecords(MemoryBudget.unlimited()));
    }

    /** Returns a snapshot of some records, with null for a key that does not exist. It has an array of its own. */
    static KeySnapshot of(byte[] @Nullable [] records, HeldRecords held) {
        long bytes = ObjectSize.ofReferences(records.length);
        for (byte[] keyRecord : records) {
            bytes += keyRecord == null ? 0 : ObjectSize.ofBytes(keyRecord.length);
        }
        KeySnapshot snapshot = new KeySnapshot(records, records.length, bytes, held);
        snapshot.outdated = true;
        return snapshot;
    }

    /** Returns the number of records, including nulls. */
    public int size() {
        return used;
    }

    /** Returns the record at this index; null for a key that does not exist any more. */
    public byte @Nullable [] get(int index) {
        return records[index];
    }

    /** Visits the records of all keys that have not ended at an instant, in insertion order. */
    public void forEach(long nowMs, Consumer<byte[]> consumer) {
        for (int i = 0; i < used; i++) {
            byte[] keyRecord = records[i];
            if (keyRecord != null && !KeyRecord.isExpired(keyRecord, nowMs)) {
                consumer.accept(keyRecord);
            }
        }
    }

    /** Returns the size of the records and of their array in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Returns whether the key space has changed since, so that the snapshot alone may keep its records alive. */
    public boolean isOutdated() {
        return outdated;
    }

    /**
     * Counts a task that reads this snapshot.
     *
     * @param whenOutdated called when the snapshot becomes outdated; all tasks give the same
     */
    public void hold(Consumer<KeySnapshot> whenOutdated) {
        synchronized (held) {
            listener = whenOutdated;
            if (tasks++ == 0) {
                held.hold(this);
            }
        }
    }

    /** Ends {@link #hold}. */
    public void release() {
        synchronized (held) {
            if (--tasks == 0) {
                listener = null;
                held.release(this);
            }
        }
    }

    /** Must be called before the key space changes a record, or its array. */
    void outdate() {
        Consumer<KeySnapshot> told;
        synchronized (held) {
            outdated = true;
            told = listener;
            if (tasks > 0) {
                held.outdated(this);
            }
        }
        if (told != null) {
            told.accept(this);
        }
    }
}
