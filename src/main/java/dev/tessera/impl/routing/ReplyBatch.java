package dev.tessera.impl.routing;

/**
 * Replies to consecutive requests of a {@link CommandBatch}, one after the other in one array. An empty reply is
 * silence.
 *
 * @param number the number of the batch that is answered
 * @param first the index of the first request that is answered
 * @param bytes the replies; not to be changed
 * @param ends where each reply ends; the first begins at 0, each other where the one before it ends
 */
public record ReplyBatch(long number, int first, byte[] bytes, int[] ends) {

    private static final byte[] NO_BYTES = {};
    private static final int[] LOST = {};

    /** Says that no replies come to all requests of the batch from {@code first} on; needs next to no memory. */
    public static ReplyBatch lost(long number, int first) {
        return new ReplyBatch(number, first, NO_BYTES, LOST);
    }

    /** Says whether it is {@link #lost}. */
    boolean isLost() {
        return ends == LOST;
    }

    /** How many replies there are. */
    public int size() {
        return ends.length;
    }

    /** Where a reply begins. */
    public int from(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Where a reply ends. */
    public int to(int index) {
        return ends[index];
    }
}
