package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import java.util.Arrays;

/**
 * Keys that a command names, each once and in the order of their first naming: slices of the message, as canonical text
 * (see {@link dev.tessera.impl.json.JsonString}).
 */
public class Keys {

    /** Up to this many keys are compared one after the other. */
    private static final int UNINDEXED_MAX = 8;

    private static final int KEYS_MIN = 1;

    /** Ints a key takes in {@link #bounds}; the first two are where its text begins and ends. */
    private final int stride;

    private byte[] text;
    private int[] bounds;
    private int size;
    /** Open addressing, index + 1; null while there are few keys. */
    private int[] table;

    Keys(int stride) {
        this.stride = stride;
        this.bounds = new int[KEYS_MIN * stride];
    }

    /** One key alone. */
    public static Keys of(Slice key) {
        Keys keys = new Keys(2);
        keys.add(key);
        return keys;
    }

    /** How many there are. */
    public final int size() {
        return size;
    }

    /** The array in which all slices lie. */
    public final byte[] text() {
        return text;
    }

    /** Where the text of a key begins. */
    public final int from(int index) {
        return bounds[index * stride];
    }

    /** Where the text of a key ends. */
    public final int to(int index) {
        return bounds[index * stride + 1];
    }

    /** How many bytes of text all of them have. */
    public final long textBytes() {
        return bytes(0);
    }

    /** How many bytes the values that belong to them have; there are none. */
    public long valueBytes() {
        return 0;
    }

    /** The lengths of all slices of which {@code which} is where they begin, added up. */
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

    /** The index of a key, which is added if it was not named before. */
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
        if (table == null || size * 2 >= table.length) {
            table = new int[Math.max(size, UNINDEXED_MAX) * 4];
            for (int i = 0; i < size; i++) {
                table[slot(i)] = i + 1;
            }
        }
        int slot = slot(size);
        if (table[slot] != 0) {
            return table[slot] - 1;
        }
        table[slot] = size + 1;
        return size++;
    }

    /** The slot that holds an equal key, or the free one where this key belongs. */
    private int slot(int index) {
        int slot = (int) Long.remainderUnsigned(Bytes.hash(text, from(index), to(index)), table.length);
        while (table[slot] != 0 && !same(table[slot] - 1, index)) {
            slot = slot + 1 == table.length ? 0 : slot + 1;
        }
        return slot;
    }

    private boolean same(int one, int other) {
        return Arrays.equals(text, from(one), to(one), text, from(other), to(other));
    }
}
