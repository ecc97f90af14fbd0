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

/** A server that gives sessions as it should, and is wrong about all else, in the way of its {@link Manner}. */
public final class StubServer implements AutoCloseable {

    /** What it does with a request for keys. */
    public enum Manner {
        /** Sends it back. */
        LIE {
            @Override
            void answer(WebSocketLink link, byte[] request) {
                link.writeText(request, 0, request.length);
            }
        },
        /** Does nothing. */
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

    private static final byte[] SESSION =
            "{\"SH_NEW_RSP\":{\"st\":1,\"name\":\"bench\",\"tkn\":7}}".getBytes(StandardCharsets.US_ASCII);

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

    /** How many times it was asked to end a session. */
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
            throw new AssertionError("nobody sends binary messages here");
        }

        @Override
        public void onTooLarge() {
            throw new AssertionError("nobody sends large messages here");
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
            // Nothing is kept for a connection.
        }
    }
}
