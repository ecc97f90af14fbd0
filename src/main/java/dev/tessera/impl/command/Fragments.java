package dev.tessera.impl.command;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import java.util.List;

/**
 * What the parts of a command on keys hold, put into the order of the request. Such a part begins with a count, to
 * which come pieces, one for each key that its owner has executed:
 *
 * <pre>
 *   0        8                16
 *   +--------+--------+-------+-----------+--------+-------+----
 *   | count  | length | index | fragment  | length | index | ...
 *   +--------+--------+-------+-----------+--------+-------+----
 *     int64    int32    int32   what is      all little endian
 *                               answered
 * </pre>
 *
 * <p>A fragment may be empty: the key was executed, and nothing is answered for it. They are written with
 * {@link Answer#openFragment}. Thread: the gateway's.
 */
public final class Fragments {

    private final Slice[] byIndex;

    private Fragments(int size) {
        this.byIndex = new Slice[size];
    }

    /** The sum of the counts of all parts. */
    public static long count(List<Slice> parts) {
        long count = 0;
        for (Slice part : parts) {
            count += Bytes.longAt(part.array(), part.from());
        }
        return count;
    }

    /** The fragments of all parts of a request that names {@code size} keys. */
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

    /** What is answered for the key of this index; null where no owner has executed it. */
    public Slice get(int index) {
        return byIndex[index];
    }
}
