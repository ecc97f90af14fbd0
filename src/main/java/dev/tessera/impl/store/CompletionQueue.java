package dev.tessera.impl.store;

import java.util.ArrayDeque;
import java.util.Queue;

/** What the journal has told of chunks and the store has not yet heard, in order. Thread-safe. */
final class CompletionQueue {

    /**
     * What became of the chunks up to a position that no settlement before this one speaks of.
     *
     * @param durable whether they are on disk
     */
    record DurabilityCallback(long position, boolean durable) {}

    private final Queue<DurabilityCallback> queue = new ArrayDeque<>();
    private DurabilityCallback last;

    /** Adds one; says whether there was none, so that the store must be called. */
    synchronized boolean add(long position, boolean durable) {
        boolean first = last == null;
        if (!first && last.durable != durable) {
            queue.add(last);
        }
        last = new DurabilityCallback(position, durable);
        return first;
    }

    /** Takes the first, or null. */
    synchronized DurabilityCallback take() {
        DurabilityCallback next = queue.poll();
        if (next == null) {
            next = last;
            last = null;
        }
        return next;
    }
}
