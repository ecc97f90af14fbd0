package dev.tessera.impl.store;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The reports of the journal on chunks that the store has not taken yet, in order. Consecutive reports with the same
 * outcome become one. Thread-safe.
 */
final class CompletionQueue {

    /**
     * The outcome of the chunks after the previous report, up to a position.
     *
     * @param durable whether the chunks are on disk
     */
    record DurabilityCallback(long position, boolean durable) {}

    private final Queue<DurabilityCallback> queue = new ArrayDeque<>();
    private @Nullable DurabilityCallback last;

    /**
     * Adds a report.
     *
     * @return whether the queue was empty, so that the caller must wake the store
     */
    synchronized boolean add(long position, boolean durable) {
        DurabilityCallback before = last;
        if (before != null && before.durable != durable) {
            queue.add(before);
        }
        last = new DurabilityCallback(position, durable);
        return before == null;
    }

    /** Removes and returns the first report, or null if there is none. */
    synchronized @Nullable DurabilityCallback take() {
        DurabilityCallback next = queue.poll();
        if (next == null) {
            next = last;
            last = null;
        }
        return next;
    }
}
