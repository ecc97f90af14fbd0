package dev.tessera.impl.gateway.limits;

/**
 * The unanswered requests of one connection, as a share of an {@link IncomingTotal}. The first {@value #FREE_BYTES}
 * bytes are not counted, so that small requests do not touch the shared counter.
 *
 * <p>A connection that has more than these waits while the total fills up: its gateway does not read it until replies
 * have left. So a client that sends faster than its requests are executed is slowed down, and gets no refusal.
 *
 * <p>Thread: the connection's event loop.
 */
public final class IncomingShare {

    /** The bytes that each connection has beside the total. */
    public static final int FREE_BYTES = 16 * 1024;

    /** The bytes beyond these count in steps, so that few messages touch the shared counter. */
    static final int STEP_BYTES = 16 * 1024;

    private final IncomingTotal total;
    private long countedBytes;

    /** Creates the share of a connection without requests. */
    public IncomingShare(IncomingTotal total) {
        this.total = total;
    }

    /**
     * Counts a request that has come.
     *
     * @param requestBytes the length of all unanswered requests, this one included
     * @param length the length of this request
     * @return whether it may be executed; if not, the total has no room for it
     */
    public boolean add(long requestBytes, int length) {
        long more = counted(requestBytes) - countedBytes;
        if (more <= 0 || length <= IncomingTotal.ALWAYS_BYTES) {
            update(requestBytes);
            return true;
        }
        if (!total.tryAdd(more)) {
            total.addRefused();
            return false;
        }
        countedBytes += more;
        return true;
    }

    /** Updates the length of all unanswered requests. */
    public void update(long requestBytes) {
        long counted = counted(requestBytes);
        if (counted != countedBytes) {
            total.add(counted - countedBytes);
            countedBytes = counted;
        }
    }

    private static long counted(long requestBytes) {
        long more = Math.max(0, requestBytes - FREE_BYTES);
        return (more + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    }

    /** Returns whether the connection must not be read until more of its requests are answered. */
    public boolean mustWait() {
        return countedBytes > 0 && total.isFillingUp();
    }
}
