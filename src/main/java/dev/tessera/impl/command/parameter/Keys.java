package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a message names, without duplicates, in the order of their first occurrence. Each key is a slice of the
 * message, as canonical text (see {@link dev.tessera.impl.json.JsonString}).
 */
public class Keys {

    private static final byte[] NO_TEXT = {};

    /** No keys. */
    public static final Keys NONE = new Keys(2);

    /** Up to this many keys, comparing them one by one is faster than a table. */
    private static final int UNINDEXED_MAX = 8;

    /** The initial capacity, because most messages name one key. */
    private static final int KEYS_MIN = 1;

    /** The number of ints per key in {@link #bounds}. The first two are the bounds of its text. */
    private final int stride;

    private byte[] text = NO_TEXT;
    private int[] bounds;
    private int size;
    /** A hash table of index + 1 with open addressing, or null for few keys. */
    private int @Nullable [] table;

    Keys(int stride) {
        this.stride = stride;
        this.bounds = new int[KEYS_MIN * stride];
    }

    /** Returns one key alone. */
    public static Keys of(Slice key) {
        Keys keys = new Keys(2);
        keys.add(key);
        return keys;
    }

    /** Returns the number of keys. */
    public final int size() {
        return size;
    }

    /** Returns the array that contains all slices. */
    public final byte[] text() {
        return text;
    }

    /** Returns the offset in {@link #text()} of a key. */
    public final int from(int index) {
        return bounds[index * stride];
    }

    /** Returns the offset in {@link #text()} after a key. */
    public final int to(int index) {
        return bounds[index * stride + 1];
    }

    /** Returns the number of bytes of all keys. */
    public final long textBytes() {
        return bytes(0);
    }

    /** Returns the number of bytes of all values; keys alone have none. */
    public long valueBytes() {
        return 0;
    }

    /** Returns the number of bytes of the value of a key. */
    public long valueBytes(int index) {
        return 0;
    }

    /** Returns the total length of the slices whose lower bound is number {@code which} of each key. */
    final long bytes(int which) {
        long bytes = 0;
        for (int i = 0; i < size; i++) {
            bytes += bound(i, which + 1) - bound(i, which);
        }
        return bytes;
    }

    final int bound(int index, int which) {
        return bounds[index * stride + which];
    }

    final void bound(int index, int which, int value) {
        bounds[index * stride + which] = value;
    }

    /** Adds a key unless it is a duplicate, and returns its index. */
    final int add(Slice key) {
        text = key.array();
        if (size * stride == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bound(size, 0, key.from());
        bound(size, 1, key.to());
        return size < UNINDEXED_MAX ? addByComparing() : addByTable();
    }

    private int addByComparing() {
        for (int i = 0; i < size; i++) {
            if (same(i, size)) {
                return i;
            }
        }
        return size++;
    }

    private int addByTable() {
        int[] slots = table;
        if (slots == null || size * 2 >= slots.length) {
            slots = new int[Math.max(size, UNINDEXED_MAX) * 4];
            for (int i = 0; i < size; i++) {
                slots[slot(slots, i)] = i + 1;
            }
            table = slots;
        }
        int slot = slot(slots, size);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        slots[slot] = size + 1;
        return size++;
    }

    /** Returns the slot that contains an equal key, or the free slot for the key. */
    private int slot(int[] slots, int index) {
        int slot = (int) Long.remainderUnsigned(Bytes.hash(text, from(index), to(index)), slots.length);
        while (slots[slot] != 0 && !same(slots[slot] - 1, index)) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return slot;
    }

    /** Returns the index of a key, or -1. */
    final int indexOf(byte[] key, int keyFrom, int keyTo) {
        int[] slots = table;
        if (slots == null) {
            for (int i = 0; i < size; i++) {
                if (isAt(i, key, keyFrom, keyTo)) {
                    return i;
                }
            }
            return -1;
        }
        int slot = (int) Long.remainderUnsigned(Bytes.hash(key, keyFrom, keyTo), slots.length);
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, key, keyFrom, keyTo)) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return slots[slot] - 1;
    }

    private boolean isAt(int index, byte[] key, int keyFrom, int keyTo) {
        return Arrays.equals(text, from(index), to(index), key, keyFrom, keyTo);
    }

    private boolean same(int one, int other) {
        return Arrays.equals(text, from(one), to(one), text, from(other), to(other));
    }
}
