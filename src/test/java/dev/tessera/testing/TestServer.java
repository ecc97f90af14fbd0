package dev.tessera.testing;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.StartOptions;
import dev.tessera.server.TesseraServer;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * A real server in this JVM, on free ports, with a clock that the test moves. It runs in a Vert.x of the caller. That
 * Vert.x must not run a second server, because their stores would have the same addresses.
 */
public final class TestServer implements AutoCloseable {

    private final Vertx vertx;
    private final TesseraServer server;
    private final MutableClock clock;

    private TestServer(Vertx vertx, Configuration configuration, MutableClock clock, LongSupplier nanoTime)
            throws Exception {
        this.vertx = vertx;
        this.clock = clock;
        server = Await.result(TesseraServer.start(
                vertx,
                configuration.with(Settings.PORT, 0).with(Settings.MANAGEMENT_PORT, 0),
                StartOptions.DEFAULT.withClocks(clock, nanoTime)));
    }

    /** Starts a server, and ignores the ports of the configuration. */
    public static TestServer start(Vertx vertx, Configuration configuration) throws Exception {
        return start(vertx, configuration, new MutableClock());
    }

    /** Starts a server on the clock of an earlier one. */
    public static TestServer start(Vertx vertx, Configuration configuration, MutableClock clock) throws Exception {
        return start(vertx, configuration, clock, clock::nanoTime);
    }

    /** Starts a server with another monotonic clock, which may hold the threads that read it. */
    public static TestServer start(Vertx vertx, Configuration configuration, MutableClock clock, LongSupplier nanoTime)
            throws Exception {
        return new TestServer(vertx, configuration, clock, nanoTime);
    }

    /** Starts a server with two event loops and the defaults. */
    public static TestServer start(Vertx vertx) throws Exception {
        return start(vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 2));
    }

    /** Returns the clocks of the server. */
    public MutableClock clock() {
        return clock;
    }

    /** Returns the port for clients. */
    public int port() {
        return server.port();
    }

    /** Returns the Vert.x that runs the server. */
    public Vertx vertx() {
        return vertx;
    }

    /** Returns the server. */
    public TesseraServer server() {
        return server;
    }

    /** Opens a connection. */
    public TextSocket connect() throws Exception {
        return TextSocket.connect(port());
    }

    /** Stops the server, and keeps the Vert.x open. */
    @Override
    public void close() {
        try {
            Await.result(server.drain());
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }
}
