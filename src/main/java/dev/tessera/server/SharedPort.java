package dev.tessera.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The port that all event loops of a server listen on. Thread-safe.
 *
 * <p>If any free port will do, all loops must get the same one. Vert.x gives listeners with port 0 a port each, but it
 * gives all listeners with the same negative port one free port (see {@code HttpServer.listen}). Each server takes a
 * negative number of its own, so that a server that starts while another stops gets another port.
 */
final class SharedPort {

    private static final AtomicInteger LAST_FREE_PORT_ID = new AtomicInteger();

    private final int toListenOn;
    private volatile int actual;

    /**
     * Creates a port that nothing listens on yet.
     *
     * @param port 1 to 65535; 0 takes any free port
     */
    SharedPort(int port) {
        toListenOn = port != 0 ? port : LAST_FREE_PORT_ID.decrementAndGet();
    }

    /** Returns the port that a listener passes to Vert.x. */
    int toListenOn() {
        return toListenOn;
    }

    /** Stores the port that a listener got; each listener calls this once it listens. */
    void bound(int actualPort) {
        actual = actualPort;
    }

    /** Returns the port that clients connect to; 0 while nothing listens. */
    int actual() {
        return actual;
    }
}
