package dev.tessera.impl.work;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of replies on the way to one receiver, which its event loop has not taken yet. Stores and workers look here
 * before they write more, because replies can be written faster than they are taken. A reply that is begun is written,
 * so the backlog may exceed its bound by one batch of replies of each store and worker. Thread-safe.
 */
public final class ReplyBacklog {

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** Creates an empty backlog that is full beyond this number of bytes. */
    public ReplyBacklog(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Counts bytes as on the way. */
    public void add(long more) {
        bytes.addAndGet(more);
    }

    /** Counts bytes as taken. */
    public void remove(long taken) {
        long before = bytes.getAndAdd(-taken);
        if (before > bytesMax && !isFull()) {
            runWaiting();
        }
    }

    /** Returns whether nobody should write more replies now. */
    public boolean isFull() {
        return bytes.get() > bytesMax && !closed;
    }

    /** Runs an action when the backlog is not full, now or later, on any thread. */
    public void whenNotFull(Runnable action) {
        waiting.add(action);
        if (!isFull()) {
            runWaiting();
        }
    }

    /** Ends the bound, because the receiver takes nothing any more. */
    public void close() {
        closed = true;
        runWaiting();
    }

    private void runWaiting() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
