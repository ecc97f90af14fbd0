package dev.tessera.impl.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The balance of the preallocated bytes on disk: those not yet written, minus those reserved. Thread-safe, except for
 * the methods on the current segment, which belong to the writer.
 */
final class SpaceBudget {

    private final AtomicLong free = new AtomicLong();
    private final AtomicLong reserved = new AtomicLong();
    /** The free bytes of the current segment. Negative if the segment's edges took more than their estimate. */
    private long segmentFree;

    /** Reserves bytes, unless fewer than {@code margin} would remain. Returns whether it did. */
    boolean reserve(long bytes, long margin) {
        long before = reserved.getAndAdd(bytes);
        if (before + bytes + margin > free.get()) {
            reserved.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Reserves bytes even if there are none. */
    void reserveAlways(long bytes) {
        reserved.addAndGet(bytes);
    }

    /** Ends a reservation, whether or not it was used. */
    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /** Returns how many bytes can still be reserved. */
    long available() {
        return free.get() - reserved.get();
    }

    /** Adds preallocated bytes. */
    void add(long bytes) {
        free.addAndGet(bytes);
    }

    /** Removes preallocated bytes that were not written, because their segment was deleted. */
    void remove(long bytes) {
        free.addAndGet(-bytes);
    }

    /** Begins a segment that has this many of the preallocated bytes. */
    void beginSegment(long bytes) {
        segmentFree = bytes;
    }

    /** Charges written bytes to the current segment. */
    void use(long bytes) {
        segmentFree -= bytes;
        free.addAndGet(-bytes);
    }

    /** Ends the current segment and gives up its free bytes. */
    void endSegment() {
        free.addAndGet(-segmentFree);
        segmentFree = 0;
    }
}
