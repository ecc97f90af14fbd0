package dev.tessera.impl.session;

import dev.tessera.impl.memory.ObjectSize;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one key space that have an end, ordered by it: a binary heap of the indices of their records, and the
 * place of each record in the heap. So the first end is known, and an end that moves costs a logarithm. A key space
 * without such keys has none of this.
 *
 * <p>The methods take the records of the key space, which contain the ends. Thread: the owner of the key space.
 */
final class EndingKeys {

    private static final int CAPACITY_MIN = 4;

    private int[] heap = new int[CAPACITY_MIN];
    private int size;
    /** By the index of a record: its place in the heap plus 1; 0 if it has no end. */
    private int[] places;

    /** Creates an empty heap for this many records. */
    EndingKeys(int records) {
        this.places = new int[records];
    }

    private EndingKeys(EndingKeys other) {
        this.heap = other.heap.clone();
        this.size = other.size;
        this.places = other.places.clone();
    }

    /** Returns a copy that changes on its own. */
    EndingKeys copy() {
        return new EndingKeys(this);
    }

    /** Returns how many keys fit before the heap grows. */
    int capacity() {
        return heap.length;
    }

    /** Sets the capacity, which must suffice. */
    void resize(int capacity) {
        if (capacity != heap.length) {
            heap = Arrays.copyOf(heap, capacity);
        }
    }

    /** Returns the bytes on the heap of the JVM. */
    long memoryBytes() {
        return ObjectSize.ofInts(heap.length) + ObjectSize.ofInts(places.length);
    }

    /** Returns the bytes of a heap with this many keys, for this many records. */
    static long memoryBytes(int keys, int records) {
        return ObjectSize.ofInts(lengthFor(keys, CAPACITY_MIN)) + ObjectSize.ofInts(records);
    }

    /** Returns the bytes of the heap after some keys were added, for this many records. */
    long memoryBytesAfter(int added, int records) {
        return ObjectSize.ofInts(lengthFor(size + added, heap.length)) + ObjectSize.ofInts(records);
    }

    private static int lengthFor(int keys, int lengthMin) {
        int length = lengthMin;
        while (length < keys) {
            length *= 2;
        }
        return length;
    }

    int size() {
        return size;
    }

    /** Returns the index of the record that ends first; there must be one. */
    int first() {
        return heap[0];
    }

    /** Notes the record at this index, which is new, or has another end than before. */
    void update(int index, byte[] @Nullable [] records) {
        int place = places[index] - 1;
        if (!KeyRecord.hasEnd(records[index])) {
            if (place >= 0) {
                remove(index, records);
            }
            return;
        }
        if (place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            place = size++;
            put(index, place);
        }
        up(place, records);
        down(places[index] - 1, records);
    }

    /** Forgets the record at this index. Other records must still be in place. */
    void remove(int index, byte[] @Nullable [] records) {
        int hole = places[index] - 1;
        if (hole < 0) {
            return;
        }
        places[index] = 0;
        int last = heap[--size];
        if (hole < size) {
            put(last, hole);
            up(hole, records);
            down(places[last] - 1, records);
        }
    }

    /**
     * Follows the records to a new array without holes.
     *
     * @param old the records before, in the order of the new ones
     */
    void moveTo(byte[] @Nullable [] old, int oldUsed, int capacity) {
        int[] moved = new int[capacity];
        int to = 0;
        for (int from = 0; from < oldUsed; from++) {
            if (old[from] != null) {
                if (places[from] != 0) {
                    moved[to] = places[from];
                    heap[places[from] - 1] = to;
                }
                to++;
            }
        }
        places = moved;
        if (heap.length > CAPACITY_MIN && size < heap.length / 4) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    /** Returns how many keys have ended. Visits these and their neighbours in the heap. */
    int countEnded(long nowMs, byte[] @Nullable [] records) {
        return countEnded(0, nowMs, records);
    }

    /** Counts the ended keys below a place. The recursion is as deep as the heap, which has at most 31 levels. */
    private int countEnded(int place, long nowMs, byte[] @Nullable [] records) {
        if (place >= size || KeyRecord.endMs(records[heap[place]]) > nowMs) {
            return 0;
        }
        return 1 + countEnded(2 * place + 1, nowMs, records) + countEnded(2 * place + 2, nowMs, records);
    }

    private void up(int from, byte[] @Nullable [] records) {
        int index = heap[from];
        long endMs = KeyRecord.endMs(records[index]);
        int at = from;
        while (at > 0 && KeyRecord.endMs(records[heap[(at - 1) >> 1]]) > endMs) {
            put(heap[(at - 1) >> 1], at);
            at = (at - 1) >> 1;
        }
        put(index, at);
    }

    private void down(int from, byte[] @Nullable [] records) {
        int index = heap[from];
        long endMs = KeyRecord.endMs(records[index]);
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && KeyRecord.endMs(records[heap[child + 1]]) < KeyRecord.endMs(records[heap[child]])) {
                child++;
            }
            if (KeyRecord.endMs(records[heap[child]]) >= endMs) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(index, at);
    }

    private void put(int index, int place) {
        heap[place] = index;
        places[index] = place + 1;
    }

    /** Throws if the heap is inconsistent; for tests. */
    void checkInvariants(byte[] @Nullable [] records, int used) {
        int ending = 0;
        for (int i = 0; i < used; i++) {
            boolean hasEnd = records[i] != null && KeyRecord.hasEnd(records[i]);
            ending += hasEnd ? 1 : 0;
            if (hasEnd != (places[i] != 0) || (hasEnd && heap[places[i] - 1] != i)) {
                throw new IllegalStateException("record " + i + " is not at its place in the heap");
            }
        }
        for (int i = 1; i < size; i++) {
            if (KeyRecord.endMs(records[heap[(i - 1) >> 1]]) > KeyRecord.endMs(records[heap[i]])) {
                throw new IllegalStateException("place " + i + " of the heap is wrong");
            }
        }
        if (ending != size) {
            throw new IllegalStateException(ending + " records have an end, but the heap has " + size);
        }
    }
}
