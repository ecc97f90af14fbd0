package dev.tessera.impl.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that are reserved on disk and not written, and those of them that were promised. Thread-safe, but
 * for the segment that is written, of which the writer alone tells.
 */
final class SpaceBudget {

    private final AtomicLong free = new AtomicLong();
    private final AtomicLong promised = new AtomicLong();
    /** What is free of the segment that is written; below zero where its edges took more than was counted for them. */
    private long segmentFree;

    /** Promises that many bytes, unless fewer than {@code margin} would be left. */
    boolean promise(long bytes, long margin) {
        long before = promised.getAndAdd(bytes);
        if (before + bytes + margin > free.get()) {
            promised.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Promises them, come what may. */
    void promise(long bytes) {
        promised.addAndGet(bytes);
    }

    /** Takes a promise back, or says that it was kept. */
    void release(long bytes) {
        promised.addAndGet(-bytes);
    }

    /** How many bytes may still be promised. */
    long left() {
        return free.get() - promised.get();
    }

    /** Says that bytes were reserved; where negative, that they are not any more. */
    void reserved(long bytes) {
        free.addAndGet(bytes);
    }

    /** Says that a segment is being written, in which that many of the reserved bytes are. */
    void enter(long bytes) {
        segmentFree = bytes;
    }

    /** Says that bytes of it were written. */
    void use(long bytes) {
        segmentFree -= bytes;
        free.addAndGet(-bytes);
    }

    /** Says that no more of it will be. */
    void leave() {
        free.addAndGet(-segmentFree);
        segmentFree = 0;
    }
}
