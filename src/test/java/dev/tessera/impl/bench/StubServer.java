package dev.tessera.impl.bench;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.gateway.websocket.upgrade.WebSocketUpgrade;
import dev.tessera.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that creates sessions correctly, and answers all other requests wrongly, as its {@link Manner} says. */
public final class StubServer implements AutoCloseable {

    /** The answers to a request for keys. */
    public enum Manner {
        /** Sends the request back. */
        LIE {
            @Override
            void answer(WebSocketLink link, byte[] request) {
                link.writeText(request, 0, request.length);
            }
        },
        /** Never answers. */
        KEEP_SILENT {
            @Override
            void answer(WebSocketLink link, byte[] request) {
                link.flush();
            }
        },
        /** Closes the connection. */
        CLOSE {
            @Override
            void answer(WebSocketLink link, byte[] request) {
                link.close(CloseStatus.GOING_AWAY, "shutting down");
            }
        },
        /** Pings, and answers twice. */
        REPEAT {
            @Override
            void answer(WebSocketLink link, byte[] request) {
                link.ping();
                LIE.answer(link, request);
                LIE.answer(link, request);
            }
        };

        abstract void answer(WebSocketLink link, byte[] request);
    }

    private static final byte[] SESSION = """
                    {"SH_NEW_RSP":{"st":1,"name":"bench","tkn":7}}""".getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger sessionsEnded = new AtomicInteger();
    private final HttpServer server;

    private StubServer(Vertx vertx, Manner manner) throws Exception {
        WebSocketOptions options = WebSocketOptions.defaults();
        WebSocketUpgrade upgrade = new WebSocketUpgrade(options);
        server = Await.result(vertx.createHttpServer(options.applyTo(new HttpServerOptions()))
                .requestHandler(request -> upgrade.open(request, link -> new Stub(link, manner, sessionsEnded)))
                .listen(0, "127.0.0.1"));
    }

    public static StubServer start(Vertx vertx, Manner manner) throws Exception {
        return new StubServer(vertx, manner);
    }

    public int port() {
        return server.actualPort();
    }

    /** Returns the number of requests to end a session. */
    public int sessionsEnded() {
        return sessionsEnded.get();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Stub(WebSocketLink link, Manner manner, AtomicInteger sessionsEnded) implements WebSocketListener {

        @Override
        public void onText(byte[] bytes, int offset, int length) {
            String request = new String(bytes, offset, length, StandardCharsets.US_ASCII);
            if (request.startsWith("{\"SH_")) {
                if (request.startsWith("{\"SH_END\"")) {
                    sessionsEnded.incrementAndGet();
                }
                link.writeText(SESSION, 0, SESSION.length);
            } else {
                manner.answer(link, request.getBytes(StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void onBinary() {
            throw new AssertionError("unexpected binary message");
        }

        @Override
        public void onNoRoom() {}

        @Override
        public void onTooLarge() {
            throw new AssertionError("unexpected large message");
        }

        @Override
        public void onReadComplete() {
            link.flush();
        }

        @Override
        public void onWritable() {
            link.flush();
        }

        @Override
        public void onClosed() {
            // A connection has no state to release.
        }
    }
}
