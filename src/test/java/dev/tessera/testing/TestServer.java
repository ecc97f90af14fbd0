package dev.tessera.testing;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.StartOptions;
import dev.tessera.server.TesseraServer;
import io.vertx.core.Vertx;

/**
 * A real server in this JVM, on free ports, and with a clock that the test moves. It runs in a Vert.x of the caller,
 * which has no other server as long as this one is not closed: their stores would have the same addresses.
 */
public final class TestServer implements AutoCloseable {

    private final Vertx vertx;
    private final TesseraServer server;
    private final MutableClock clock = new MutableClock();

    private TestServer(Vertx vertx, Configuration configuration) throws Exception {
        this.vertx = vertx;
        server = Await.result(TesseraServer.start(
                vertx,
                configuration.with(Settings.PORT, 0).with(Settings.MANAGEMENT_PORT, 0),
                StartOptions.DEFAULT.withClock(clock)));
    }

    /** Starts one; the ports of the configuration are left aside. */
    public static TestServer start(Vertx vertx, Configuration configuration) throws Exception {
        return new TestServer(vertx, configuration);
    }

    /** Starts one with two event loops and all else as it is by default. */
    public static TestServer start(Vertx vertx) throws Exception {
        return start(vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 2));
    }

    /** The clock by which sessions expire. */
    public MutableClock clock() {
        return clock;
    }

    /** The port for clients. */
    public int port() {
        return server.port();
    }

    /** The Vert.x in which it runs. */
    public Vertx vertx() {
        return vertx;
    }

    /** The server. */
    public TesseraServer server() {
        return server;
    }

    /** Opens a connection. */
    public TextSocket connect() throws Exception {
        return TextSocket.connect(port());
    }

    /** Stops the server, and leaves the Vert.x open. */
    @Override
    public void close() {
        try {
            Await.result(server.drain());
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }
}
