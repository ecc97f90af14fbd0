package dev.tessera.impl.command.kv;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeyWalk;

/**
 * The results of {@code KV_LIST} in one partition: a fragment of a part (see
 * {@link dev.tessera.impl.command.Fragments}).
 *
 * <pre>
 *   0       4       8               16
 *   +-------+-------+---------------+----------+
 *   | count | flags | next position | results  |   all little endian
 *   +-------+-------+---------------+----------+
 *     int32   int32   int64           JSON with commas between them
 * </pre>
 *
 * <p>If the client wants revisions, they follow the results in the same way, and then their length, int32.
 *
 * @param count the number of results
 * @param ended whether the partition has no more keys
 * @param full whether the next result is too large for this answer
 * @param next the position from which on keys are still to come
 * @param results the results
 * @param revisions the revisions of the results; empty if the client wants none
 */
record ListFragment(int count, boolean ended, boolean full, long next, Slice results, Slice revisions) {

    private static final int ENDED = 1;
    private static final int FULL = 2;
    private static final int HEADER_BYTES = 16;

    /** Begins a fragment. Returns where its header is. */
    static int open(JsonWriter out) {
        int at = out.size();
        out.longBytes(0).longBytes(0);
        return at;
    }

    /** Completes the header of a fragment. */
    static void close(JsonWriter out, int at, int count, KeyWalk slice, boolean full) {
        Bytes.putInt(out.array(), at, count);
        Bytes.putInt(out.array(), at + Integer.BYTES, (slice.ended() ? ENDED : 0) | (full ? FULL : 0));
        Bytes.putLong(out.array(), at + 2 * Integer.BYTES, slice.next());
    }

    /** Adds the revisions of the results to a complete fragment. */
    static void addRevisions(JsonWriter out, byte[] revisions) {
        out.raw(revisions).intBytes(revisions.length);
    }

    /**
     * Reads a fragment.
     *
     * @param withRevisions whether the client wants revisions
     */
    static ListFragment read(Slice fragment, boolean withRevisions) {
        byte[] bytes = fragment.array();
        int at = fragment.from();
        int flags = Bytes.intAt(bytes, at + Integer.BYTES);
        int revisionsTo = withRevisions ? fragment.to() - Integer.BYTES : fragment.to();
        int resultsTo = withRevisions ? revisionsTo - Bytes.intAt(bytes, revisionsTo) : revisionsTo;
        Slice results = new Slice();
        results.set(bytes, at + HEADER_BYTES, resultsTo);
        Slice revisions = new Slice();
        revisions.set(bytes, resultsTo, revisionsTo);
        return new ListFragment(
                Bytes.intAt(bytes, at),
                (flags & ENDED) != 0,
                (flags & FULL) != 0,
                Bytes.longAt(bytes, at + 2 * Integer.BYTES),
                results,
                revisions);
    }
}
