package dev.tessera.impl.work;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client as the queues know it: one connection, one client object, or one event-bus address. Work that is slow ends
 * with the client that asked for it. Thread-safe.
 */
public final class Requester {

    private static final AtomicLong NUMBERS = new AtomicLong();
    /** Random, so that no network address is the origin of a client without one, on any node. */
    private static final long FIRST_OWN_ORIGIN = new SecureRandom().nextLong();

    /** The server itself, and all senders that nobody tells apart. They share one turn, and never leave. */
    public static final Requester SERVER = new Requester();

    private final long number = NUMBERS.getAndIncrement();
    private final long origin;
    private volatile boolean gone;

    /** Creates a client that is alone in its origin. */
    public Requester() {
        this.origin = FIRST_OWN_ORIGIN + number;
    }

    /** Creates a client of an origin. */
    public Requester(long origin) {
        this.origin = origin;
    }

    /** Returns a number that no other client of this process has. */
    public long number() {
        return number;
    }

    /**
     * Returns the number of the client's origin: a network address, or the client itself. Clients of one origin share
     * its turns, because one user can open many connections.
     */
    public long origin() {
        return origin;
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
