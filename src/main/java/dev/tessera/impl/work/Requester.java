package dev.tessera.impl.work;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A client as the queues know it: one connection, one client object, or one event-bus address. Work that is slow ends
 * with the client that asked for it. Thread-safe.
 */
public final class Requester {

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** The server itself, and all senders that nobody tells apart. They share one turn, and never leave. */
    public static final Requester SERVER = new Requester();

    private final long number = NUMBERS.getAndIncrement();
    private volatile boolean gone;

    /** Returns a number that no other client of this process has. */
    public long number() {
        return number;
    }

    /** Marks the client as gone. Nobody waits for its answers any more. */
    public void leave() {
        gone = true;
    }

    /** Returns whether the client is gone. */
    public boolean isGone() {
        return gone;
    }
}
