package dev.tessera.impl.work;

import dev.tessera.impl.log.LimitedLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of replies on the way to one receiver, which its event loop has not taken yet. Stores and workers look here
 * before they write more, because replies can be written faster than they are taken. A reply that is begun is written,
 * so the backlog may exceed its bound by one batch of replies of each store and worker. Thread-safe.
 */
public final class ReplyBacklog {

    private static final LimitedLog FAILED = LimitedLog.error(
            ReplyBacklog.class, "Waiting work could not go on; this is a fault of the server, please report it");
    private static final ReplyBacklog UNBOUNDED = new ReplyBacklog(Long.MAX_VALUE);

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** Creates an empty backlog that is full beyond this number of bytes. */
    public ReplyBacklog(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Returns a backlog that is never full, for work without a reply. */
    public static ReplyBacklog unbounded() {
        return UNBOUNDED;
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

    /** Runs actions until it is full again: they may have added to it, or wait for it once more. */
    private void runWaiting() {
        while (!isFull()) {
            Runnable next = waiting.poll();
            if (next == null) {
                return;
            }
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                // The actions of others must run.
                FAILED.log(e);
            }
        }
    }

    /** Throws if bytes are on the way, or an action waits; for tests. */
    public void checkAtRest() {
        if (bytes.get() != 0 || !waiting.isEmpty()) {
            throw new IllegalStateException(bytes + " bytes of replies and " + waiting.size() + " actions wait");
        }
    }
}
