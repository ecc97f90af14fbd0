package dev.tessera.impl.bench;

import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.gateway.websocket.upgrade.WebSocketUpgrade;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that sends each message back. It has the network code of the gateway and no commands, so its throughput is
 * the ceiling for a server. It uses one event loop.
 */
public final class EchoServer extends VerticleBase {

    private final int port;
    /** Null before {@link #start}. */
    private @Nullable HttpServer server;

    /**
     * Creates a verticle, which the caller deploys.
     *
     * @param port the port on the loopback address; 0 takes any free port
     */
    public EchoServer(int port) {
        this.port = port;
    }

    @Override
    public Future<?> start() {
        WebSocketOptions options = WebSocketOptions.defaults();
        WebSocketUpgrade upgrade = new WebSocketUpgrade(options);
        HttpServer started = vertx.createHttpServer(options.applyTo(new HttpServerOptions()))
                .requestHandler(request -> upgrade.open(request, Echo::new));
        server = started;
        return started.listen(port, "127.0.0.1");
    }

    /** Returns the port on which the server listens. The verticle must be deployed. */
    public int actualPort() {
        return Objects.requireNonNull(server, "the verticle is not deployed").actualPort();
    }

    /** One connection. It pauses reading while its peer does not read. */
    private record Echo(WebSocketLink link) implements WebSocketListener {

        @Override
        public void onText(byte[] bytes, int offset, int length) {
            link.writeText(bytes, offset, length);
        }

        @Override
        public void onBinary() {
            link.abort();
        }

        @Override
        public void onNoRoom() {
            link.abort();
        }

        @Override
        public void onTooLarge() {
            link.abort();
        }

        @Override
        public void onReadComplete() {
            link.flush();
            if (!link.isWritable()) {
                link.pause();
            }
        }

        @Override
        public void onWritable() {
            link.resume();
        }

        @Override
        public void onClosed() {
            // A connection has no state to release.
        }
    }
}
