package dev.tessera.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one port that all event loops of a server listen on. Thread-safe.
 *
 * <p>Where any free port will do, Vert.x gives every listener with port 0 a port of its own, and all listeners with the
 * same negative port the same free one; see {@code HttpServer.listen}. Each server takes a negative number of its own,
 * so that two servers in one Vert.x stay apart.
 */
final class SharedPort {

    private static final AtomicInteger LAST_FREE_PORT_ID = new AtomicInteger();

    private final int toListenOn;
    private volatile int actual;

    /**
     * Makes one.
     *
     * @param port 1 to 65535, or 0 for any free one
     */
    SharedPort(int port) {
        toListenOn = port != 0 ? port : LAST_FREE_PORT_ID.decrementAndGet();
    }

    /** What a listener must give to Vert.x. */
    int toListenOn() {
        return toListenOn;
    }

    /** To be told by each listener, once it listens. */
    void bound(int actualPort) {
        actual = actualPort;
    }

    /** The port that clients connect to; 0 while nothing listens. */
    int actual() {
        return actual;
    }
}
