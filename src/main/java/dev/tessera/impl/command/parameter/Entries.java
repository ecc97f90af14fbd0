package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.Slice;

/** Keys with a value each; of a key that was named twice the last value. */
public final class Entries extends Keys {

    Entries() {
        super(4);
    }

    /** Where the value of a key begins in {@link #text()}. */
    public int valueFrom(int index) {
        return bound(index, 2);
    }

    /** Where the value of a key ends. */
    public int valueTo(int index) {
        return bound(index, 3);
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
