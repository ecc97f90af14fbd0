package dev.tessera.impl.command;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of all parts of a command on keys, in the order of the request. A part begins with a count. A fragment
 * follows for each key that the owner has executed:
 *
 * <pre>
 *   0        8                16
 *   +--------+--------+-------+-----------+--------+-------+----
 *   | count  | length | index | fragment  | length | index | ...
 *   +--------+--------+-------+-----------+--------+-------+----
 *     int64    int32    int32   bytes         all little endian
 * </pre>
 *
 * <p>A fragment contains the answer for its key. It is empty if the command is silent about the key.
 * {@link Answer#openFragment} writes it. Thread: the gateway's.
 */
public final class Fragments {

    private final @Nullable Slice[] byIndex;

    private Fragments(int size) {
        this.byIndex = new Slice[size];
    }

    /** Returns the sum of the counts of all parts. */
    public static long count(List<Slice> parts) {
        long count = 0;
        for (Slice part : parts) {
            count += Bytes.longAt(part.array(), part.from());
        }
        return count;
    }

    /** Reads the fragments from the parts of a request that names {@code size} keys. */
    public static Fragments of(List<Slice> parts, int size) {
        Fragments fragments = new Fragments(size);
        for (Slice part : parts) {
            int at = part.from() + Long.BYTES;
            while (at < part.to()) {
                int length = Bytes.intAt(part.array(), at);
                int index = Bytes.intAt(part.array(), at + Integer.BYTES);
                at += Long.BYTES;
                Slice fragment = new Slice();
                fragment.set(part.array(), at, at + length);
                fragments.byIndex[index] = fragment;
                at += length;
            }
        }
        return fragments;
    }

    /** Returns the fragment for the key of this index, or null if no owner has executed it. */
    public @Nullable Slice get(int index) {
        return byIndex[index];
    }
}
