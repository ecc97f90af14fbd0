package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.json.Bytes;
import java.util.Arrays;

/**
 * The answer of a partition to a batch, as bytes. Immutable.
 *
 * <pre>
 *   0      1        5            5 + 4n
 *   +------+--------+------------+---------+
 *   | kind | n      | ends       | replies |   all little endian
 *   +------+--------+------------+---------+
 *     int8   int32    n x int32
 * </pre>
 *
 * <p>The partition has executed the first n requests; the dispatcher sends the others again in another batch. An end
 * counts from the first reply. An end with its highest bit set belongs to a deferred reply, and a {@link DeferredId}
 * stands in its place.
 */
public final class BatchResult {

    /** The partition has executed the requests, now or when the batch came first. */
    public static final byte EXECUTED = 1;
    /** The batch was executed long ago and its replies are forgotten, or a later batch came before it. */
    public static final byte FORGOTTEN = 2;

    /** As {@link #EXECUTED}; the thread of the partition had no time for the other requests. */
    private static final byte OUT_OF_TIME = 3;

    private static final int DEFERRED = 1 << 31;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final byte[] bytes;
    private final int count;
    private final int repliesFrom;

    /** Creates a result that reads an array; the caller must not change the array any more. */
    public BatchResult(byte[] bytes) {
        this.bytes = bytes;
        this.count = Bytes.intAt(bytes, 1);
        this.repliesFrom = HEADER_BYTES + count * Integer.BYTES;
    }

    /** Returns the result of a batch that the partition does not execute any more. */
    static byte[] forgotten() {
        byte[] bytes = new byte[HEADER_BYTES];
        bytes[0] = FORGOTTEN;
        return bytes;
    }

    /**
     * Returns the result of an execution.
     *
     * @param ends the ends of {@code count} replies; the bitwise complement of the end for a deferred reply
     * @param outOfTime whether the time was over before the last request
     */
    static byte[] executed(int[] ends, int count, byte[] replies, int size, boolean outOfTime) {
        int from = HEADER_BYTES + count * Integer.BYTES;
        byte[] bytes = new byte[from + size];
        bytes[0] = outOfTime ? OUT_OF_TIME : EXECUTED;
        Bytes.putInt(bytes, 1, count);
        for (int i = 0; i < count; i++) {
            Bytes.putInt(bytes, HEADER_BYTES + i * Integer.BYTES, ends[i] < 0 ? ~ends[i] | DEFERRED : ends[i]);
        }
        System.arraycopy(replies, 0, bytes, from, size);
        return bytes;
    }

    /** Returns {@link #EXECUTED} or {@link #FORGOTTEN}. */
    public byte kind() {
        return isOutOfTime() ? EXECUTED : bytes[0];
    }

    /** Returns whether the thread of the partition had no time for the other requests. */
    public boolean isOutOfTime() {
        return bytes[0] == OUT_OF_TIME;
    }

    /** Returns how many requests were executed, from the first one on. */
    public int count() {
        return count;
    }

    /** Returns whether the reply to a request is deferred. */
    public boolean isDeferred(int index) {
        return end(index) < 0;
    }

    /** Returns the id by which to fetch a deferred reply. */
    public DeferredId deferredId(int index) {
        return DeferredId.read(bytes, repliesFrom + from(index));
    }

    /** Returns the replies from {@code first} to before {@code end}, none of them deferred. */
    public byte[] replies(int first, int end) {
        return Arrays.copyOfRange(bytes, repliesFrom + from(first), repliesFrom + from(end));
    }

    /** Returns the ends of the same replies in the array that {@link #replies} returns. */
    public int[] ends(int first, int end) {
        int[] ends = new int[end - first];
        int base = from(first);
        for (int i = 0; i < ends.length; i++) {
            ends[i] = from(first + i + 1) - base;
        }
        return ends;
    }

    private int from(int index) {
        return index == 0 ? 0 : end(index - 1) & ~DEFERRED;
    }

    private int end(int index) {
        return Bytes.intAt(bytes, HEADER_BYTES + index * Integer.BYTES);
    }
}
