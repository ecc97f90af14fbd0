package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.json.Bytes;
import java.util.Arrays;

/**
 * What a partition answers to a batch, as bytes. Immutable.
 *
 * <pre>
 *   0      1        5            5 + 4n
 *   +------+--------+------------+---------+
 *   | kind | n      | ends       | replies |   all little endian
 *   +------+--------+------------+---------+
 *     int8   int32    n x int32
 * </pre>
 *
 * <p>The first n requests were executed; the others were not, and are to be sent again as another batch. An end counts
 * from where the replies begin. One with its highest bit set belongs to an answer that is written later: in its place
 * stands a {@link DeferredId}.
 */
public final class BatchResult {

    /** Requests were executed, now or when the batch first came. */
    public static final byte EXECUTED = 1;
    /** The batch was executed so long ago that its replies are forgotten, or a later one came before it. */
    public static final byte FORGOTTEN = 2;

    private static final int LATER = 1 << 31;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final byte[] bytes;
    private final int count;
    private final int repliesFrom;

    /** Reads a result; the array is not to be changed any more. */
    public BatchResult(byte[] bytes) {
        this.bytes = bytes;
        this.count = Bytes.intAt(bytes, 1);
        this.repliesFrom = HEADER_BYTES + count * Integer.BYTES;
    }

    /** The result of a batch that is not executed any more. */
    static byte[] forgotten() {
        byte[] bytes = new byte[HEADER_BYTES];
        bytes[0] = FORGOTTEN;
        return bytes;
    }

    /**
     * The result of an execution.
     *
     * @param ends where the replies end, of which there are {@code count}; negated and less one where the answer comes
     *     later
     */
    static byte[] executed(int[] ends, int count, byte[] replies, int size) {
        int from = HEADER_BYTES + count * Integer.BYTES;
        byte[] bytes = new byte[from + size];
        bytes[0] = EXECUTED;
        Bytes.putInt(bytes, 1, count);
        for (int i = 0; i < count; i++) {
            Bytes.putInt(bytes, HEADER_BYTES + i * Integer.BYTES, ends[i] < 0 ? ~ends[i] | LATER : ends[i]);
        }
        System.arraycopy(replies, 0, bytes, from, size);
        return bytes;
    }

    /** {@link #EXECUTED} or {@link #FORGOTTEN}. */
    public byte kind() {
        return bytes[0];
    }

    /** How many requests were executed, from the first one on. */
    public int count() {
        return count;
    }

    /** Says whether the answer to a request is written later. */
    public boolean isLater(int index) {
        return end(index) < 0;
    }

    /** Where the answer that is written later is to be had. */
    public DeferredId later(int index) {
        return DeferredId.read(bytes, repliesFrom + from(index));
    }

    /** The replies from one request to before another, none of which is written later. */
    public byte[] replies(int first, int behind) {
        return Arrays.copyOfRange(bytes, repliesFrom + from(first), repliesFrom + from(behind));
    }

    /** Where each of these replies ends in what {@link #replies} gives. */
    public int[] ends(int first, int behind) {
        int[] ends = new int[behind - first];
        int base = from(first);
        for (int i = 0; i < ends.length; i++) {
            ends[i] = from(first + i + 1) - base;
        }
        return ends;
    }

    private int from(int index) {
        return index == 0 ? 0 : end(index - 1) & ~LATER;
    }

    private int end(int index) {
        return Bytes.intAt(bytes, HEADER_BYTES + index * Integer.BYTES);
    }
}
