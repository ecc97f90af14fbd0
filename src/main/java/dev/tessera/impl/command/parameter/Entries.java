package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeySpace;

/** Keys with one value each. A key that a message names twice has its last value. */
public final class Entries extends Keys {

    Entries() {
        super(4);
    }

    /** Returns the offset in {@link #text()} where the value of a key begins. */
    public int valueFrom(int index) {
        return bound(index, 2);
    }

    /** Returns the offset in {@link #text()} after the value of a key. */
    public int valueTo(int index) {
        return bound(index, 3);
    }

    /** Stores an entry with an end in a key space, and returns whether it replaced one. */
    public boolean putInto(KeySpace keys, int index, long endMs) {
        return keys.put(text(), from(index), to(index), text(), valueFrom(index), valueTo(index), endMs);
    }

    /** Stores an entry with an end in a key space unless the key exists, and returns whether it did so. */
    public boolean addTo(KeySpace keys, int index, long endMs) {
        return keys.add(text(), from(index), to(index), text(), valueFrom(index), valueTo(index), endMs);
    }

    @Override
    public long valueBytes(int index) {
        return (long) valueTo(index) - valueFrom(index);
    }

    @Override
    public long valueBytes() {
        return bytes(2);
    }

    void value(int index, Slice value) {
        bound(index, 2, value.from());
        bound(index, 3, value.to());
    }
}
