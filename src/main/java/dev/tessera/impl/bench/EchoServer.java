package dev.tessera.impl.bench;

import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.gateway.websocket.upgrade.WebSocketUpgrade;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/**
 * Sends every message back, with the network code of the gateway and nothing behind it: the ceiling for a server. One
 * event loop.
 */
public final class EchoServer extends VerticleBase {

    private final int port;
    private HttpServer server;

    /**
     * One that is not yet deployed.
     *
     * @param port where to listen on the loopback address; 0 takes any free port
     */
    public EchoServer(int port) {
        this.port = port;
    }

    @Override
    public Future<?> start() {
        WebSocketOptions options = WebSocketOptions.defaults();
        WebSocketUpgrade upgrade = new WebSocketUpgrade(options);
        server = vertx.createHttpServer(options.applyTo(new HttpServerOptions()))
                .requestHandler(request -> upgrade.open(request, Echo::new));
        return server.listen(port, "127.0.0.1");
    }

    /** The port on which it listens. */
    public int actualPort() {
        return server.actualPort();
    }

    /** Reads no more while its peer does not. */
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
            // Nothing is kept for a connection.
        }
    }
}
