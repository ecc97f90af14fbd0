package dev.tessera.impl.session;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.memory.ObjectSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a batch on one key space, until it is certain whether all commands of the batch succeed. It has two
 * parts:
 *
 * <ul>
 *   <li>A list of the places that have changed, with the record that was there before. Only the first change of a place
 *       is in it, because later changes replace records of the batch itself. The list ends at the first new layout of
 *       the key space. From then on, the old arrays stay as they are, and with them the way back.
 *   <li>The changed keys, each with its record before the batch. They make the report: one change for each key, however
 *       often the batch has changed it.
 * </ul>
 *
 * <p>{@link #bytes()} counts all of it, including the records that the key space has given up. Thread: the owner of the
 * key space.
 */
final class BatchChanges {

    /** About the bytes on the heap of a changed key and of its place in the list, without its text. */
    static final int CHANGED_KEY_BYTES = 160;

    /** About the bytes on the heap of this object and its tables, without their entries. */
    static final int BYTES = 320;

    private static final int PLACES_MIN = 8;
    private static final int PLACE_BYTES = 2 * Integer.BYTES + ObjectSize.REFERENCE_BYTES;

    /** The arrays of a key space. */
    record Layout(
            byte[] @Nullable [] records,
            int[] slots,
            int used,
            @Nullable EndingKeys ending) {}

    /** A key as canonical text. */
    private record Key(byte[] text) {

        static Key of(byte[] keyRecord) {
            return new Key(Arrays.copyOfRange(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord)));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(text, key.text);
        }

        @Override
        public int hashCode() {
            return (int) Bytes.hash(text, 0, text.length);
        }
    }

    /** The history of one key within the batch. */
    private static final class Changed {

        /** Null if the key did not exist before the batch. */
        private final byte @Nullable [] original;
        /** Whether the original was removed. */
        private boolean removed;
        /** Whether more than the end of the key has changed. */
        private boolean hasNewValue;

        Changed(byte @Nullable [] original) {
            this.original = original;
        }
    }

    /** A receiver of the changes that the batch makes as a whole, in an order that reproduces the key space. */
    interface Report {

        /** Receives one change. */
        void change(ChangeKind kind, byte @Nullable [] keyRecord);
    }

    /** The state before the batch. */
    final @Nullable ChangeListener listener;

    final @Nullable HeldRecords held;
    final long revision;
    final long lastRevision;
    final int size;
    final long recordBytes;
    final long recordsHeapBytes;
    final long memoryBytes;
    /** The capacity of the heap of ends; 0 without one. */
    final int endingCapacity;

    /** The arrays at the first new layout; null before. */
    private @Nullable Layout kept;

    private int[] places = new int[2 * PLACES_MIN];
    private byte[] @Nullable [] before = new byte[PLACES_MIN][];
    private int count;
    private final Map<Key, Changed> changed = new LinkedHashMap<>();
    /** Whether all keys from before the batch were removed at once. */
    private boolean cleared;

    private long bytes = BYTES;

    BatchChanges(
            @Nullable ChangeListener listener,
            @Nullable HeldRecords held,
            long revision,
            long lastRevision,
            int size,
            long recordBytes,
            long recordsHeapBytes,
            long memoryBytes,
            int endingCapacity) {
        this.listener = listener;
        this.held = held;
        this.revision = revision;
        this.lastRevision = lastRevision;
        this.size = size;
        this.recordBytes = recordBytes;
        this.recordsHeapBytes = recordsHeapBytes;
        this.memoryBytes = memoryBytes;
        this.endingCapacity = endingCapacity;
    }

    /** Returns the bytes on the heap. */
    long bytes() {
        return bytes;
    }

    /** Returns the arrays at the first new layout, or null. */
    @Nullable
    Layout kept() {
        return kept;
    }

    /** Keeps the arrays that the key space leaves. Only the first call has an effect; it must be given the records. */
    void keep(Layout left, long leftBytes) {
        if (kept == null) {
            kept = left;
            bytes += leftBytes;
        }
    }

    /** Returns whether the batch itself has stored a record. */
    private boolean isOwn(byte[] keyRecord) {
        return KeyRecord.revision(keyRecord) > lastRevision;
    }

    /**
     * Notes a record in a place that was free.
     *
     * @param slot the slot that refers to the place; -1 without a table
     */
    void inserted(int index, int slot, byte[] keyRecord) {
        note(index, slot, null);
        if (cleared) {
            return;
        }
        // The key gets a new place, so it is reported after those that have one.
        Key key = Key.of(keyRecord);
        Changed known = changed.remove(key);
        if (known == null) {
            known = new Changed(null);
            bytes += CHANGED_KEY_BYTES + ObjectSize.ofBytes(key.text.length);
        }
        changed.put(key, known);
    }

    /**
     * Notes that another record replaces this one.
     *
     * @param hasNewValue whether more than the end of the key changes
     */
    void replaced(int index, byte[] keyRecord, boolean hasNewValue) {
        if (!isOwn(keyRecord)) {
            changedOriginal(index, keyRecord).hasNewValue = hasNewValue;
            return;
        }
        Changed known = hasNewValue ? changed.get(Key.of(keyRecord)) : null;
        if (known != null) {
            known.hasNewValue = true;
        }
    }

    /** Notes that this record goes. */
    void removed(int index, byte[] keyRecord) {
        if (!isOwn(keyRecord)) {
            changedOriginal(index, keyRecord).removed = true;
            return;
        }
        if (cleared) {
            return;
        }
        Key key = Key.of(keyRecord);
        Changed known = changed.get(key);
        if (known != null && known.original != null) {
            known.removed = true;
        } else {
            changed.remove(key);
        }
    }

    private Changed changedOriginal(int index, byte[] keyRecord) {
        note(index, -1, keyRecord);
        Key key = Key.of(keyRecord);
        Changed known = new Changed(keyRecord);
        changed.put(key, known);
        bytes += CHANGED_KEY_BYTES + ObjectSize.ofBytes(key.text.length) + ObjectSize.ofBytes(keyRecord.length);
        return known;
    }

    /** Notes that all keys go at once. */
    void cleared(long leftRecordsBytes) {
        cleared = true;
        changed.clear();
        bytes += leftRecordsBytes;
    }

    private void note(int index, int slot, byte @Nullable [] keyRecord) {
        if (kept != null) {
            return;
        }
        if (count == before.length) {
            before = Arrays.copyOf(before, count * 2);
            places = Arrays.copyOf(places, count * 4);
            bytes += (long) count * PLACE_BYTES;
        }
        places[2 * count] = index;
        places[2 * count + 1] = slot;
        before[count++] = keyRecord;
    }

    /** Returns the number of places in the list. */
    int count() {
        return count;
    }

    /** Returns the index of the record of a place in the list. */
    int index(int place) {
        return places[2 * place];
    }

    /** Returns the slot of a place that was free; -1 without a table. */
    int slot(int place) {
        return places[2 * place + 1];
    }

    /** Returns the record that was in a place; null if it was free. */
    byte @Nullable [] before(int place) {
        return before[place];
    }

    /** Returns whether the batch as a whole changes nothing, because its changes cancel out. */
    boolean isEmpty(KeySpace now) {
        return cleared ? size == 0 && now.heldSize() == 0 : changed.isEmpty();
    }

    /** Returns the bytes of the values that the batch has stored and that are still there. */
    long valueBytes(KeySpace now) {
        long[] bytes = new long[1];
        if (cleared) {
            now.forEachHeld(keyRecord -> bytes[0] += keyRecord.length - KeyRecord.valueFrom(keyRecord));
            return bytes[0];
        }
        changed.forEach((key, history) -> {
            byte[] present = now.held(key.text, 0, key.text.length);
            if (present != null && (history.hasNewValue || history.removed || history.original == null)) {
                bytes[0] += present.length - KeyRecord.valueFrom(present);
            }
        });
        return bytes[0];
    }

    /**
     * Reports the changes from the state before the batch to the present one.
     *
     * @param now the key space after the batch
     */
    void report(KeySpace now, Report report) {
        if (cleared) {
            if (size > 0) {
                report.change(ChangeKind.CLEARED, null);
            }
            now.forEachHeld(keyRecord -> report.change(ChangeKind.SET, keyRecord));
            return;
        }
        List<byte[]> set = new ArrayList<>();
        changed.forEach((key, history) -> {
            byte[] present = now.held(key.text, 0, key.text.length);
            if (history.removed && history.original != null) {
                report.change(ChangeKind.REMOVED, history.original);
            }
            if (present != null && (history.removed || history.original == null)) {
                set.add(present);
            } else if (present != null) {
                report.change(history.hasNewValue ? ChangeKind.UPDATED : ChangeKind.END_MOVED, present);
            }
        });
        set.forEach(keyRecord -> report.change(ChangeKind.SET, keyRecord));
    }
}
