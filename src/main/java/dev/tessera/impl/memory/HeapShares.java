package dev.tessera.impl.memory;

/**
 * The shares of the heap that the limits have by default. All of them together, with what the server itself needs, fit
 * into the heap at the same time. About a seventh is left for the garbage between two collections.
 *
 * <p>Values of outdated snapshots count as stored data too, so their share is no part of that sum.
 */
public final class HeapShares {

    /** An idle server needs about 10 MB of objects, and some buffers. */
    private static final long SERVER_BYTES = 16L << 20;

    private static final int DATA = 2;
    private static final int UNREAD = 8;
    private static final int INCOMING = 16;
    private static final int SNAPSHOTS = 8;
    private static final int QUEUED = 32;
    private static final int REPLIES = 8;

    /** An array that grows is twice in memory, and so is a reply that is copied out of it. Another is on its way. */
    private static final int ARRAYS_PER_REPLY = 3;

    private static final long QUEUED_BYTES_MAX = 64L << 20;
    private static final long REPLY_BYTES_MAX = 64L << 20;

    private final long heapBytes;

    /** Creates the shares of a heap of this size. */
    HeapShares(long heapBytes) {
        this.heapBytes = heapBytes;
    }

    /** Returns the shares of the heap of this JVM. */
    public static HeapShares ofThisJvm() {
        return new HeapShares(Runtime.getRuntime().maxMemory());
    }

    private long share(int divisor) {
        // A tiny heap needs shares as well.
        return Math.max(heapBytes / 2, heapBytes - SERVER_BYTES) / divisor;
    }

    /** Returns the bytes for stored data. */
    public long data() {
        return share(DATA);
    }

    /** Returns the bytes for replies that clients have not read. */
    public long unread() {
        return share(UNREAD);
    }

    /** Returns the bytes for messages that are not finished or not answered. */
    public long incoming() {
        return share(INCOMING);
    }

    /** Returns the bytes for outdated snapshots of waiting tasks. */
    public long snapshots() {
        return share(SNAPSHOTS);
    }

    /** Returns the bytes for changes that wait for the disk. */
    public long queued() {
        return Math.min(QUEUED_BYTES_MAX, share(QUEUED));
    }

    /**
     * Returns the bytes for one reply.
     *
     * @param writers the number of threads that may write replies at the same time
     */
    public long reply(int writers) {
        return Math.min(REPLY_BYTES_MAX, share(REPLIES) / ARRAYS_PER_REPLY / writers);
    }
}
