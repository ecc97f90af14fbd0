package dev.tessera.impl.work;

/**
 * A client as the queues know it: one connection, one client object, or one event-bus address. Work that is slow ends
 * with the client that asked for it. Thread-safe.
 */
public final class Requester {

    /** The server itself, and all senders that nobody tells apart. They share one turn, and never leave. */
    public static final Requester SERVER = new Requester();

    private volatile boolean gone;

    /** Marks the client as gone. Nobody waits for its answers any more. */
    public void leave() {
        gone = true;
    }

    /** Returns whether the client is gone. */
    public boolean isGone() {
        return gone;
    }
}
