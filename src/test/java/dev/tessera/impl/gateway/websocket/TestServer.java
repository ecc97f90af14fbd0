package dev.tessera.impl.gateway.websocket;

import dev.tessera.impl.gateway.websocket.upgrade.WebSocketUpgrade;
import dev.tessera.testing.RawSocket;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** An HTTP server in a verticle of the caller's Vert.x that opens every request as a WebSocket. */
public final class TestServer implements AutoCloseable {

    private final Vertx vertx;
    private final String deploymentId;
    private final BlockingQueue<Peer> peers;
    private final int port;

    private TestServer(
            Vertx vertx,
            WebSocketOptions options,
            HttpServerOptions http,
            BlockingQueue<Peer> peers,
            Function<WebSocketLink, WebSocketListener> onOpen) {
        this.vertx = vertx;
        this.peers = peers;
        WebSocketUpgrade upgrade = new WebSocketUpgrade(options);
        Promise<Integer> bound = Promise.promise();
        Future<String> deployed = vertx.deployVerticle(new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                vertx.createHttpServer(
                                options.applyTo(http).setHost("127.0.0.1").setPort(0))
                        .requestHandler((HttpServerRequest request) -> upgrade.open(request, onOpen))
                        .listen()
                        .onSuccess(server -> bound.complete(server.actualPort()))
                        .<Void>mapEmpty()
                        .onComplete(started);
            }
        });
        deploymentId = await(deployed);
        port = await(bound.future());
    }

    public static TestServer start(
            Vertx vertx, WebSocketOptions options, Function<WebSocketLink, WebSocketListener> onOpen) {
        return new TestServer(vertx, options, new HttpServerOptions(), new LinkedBlockingQueue<>(), onOpen);
    }

    /** Starts a server whose connections are {@link Peer}s. */
    public static TestServer start(
            Vertx vertx, WebSocketOptions options, HttpServerOptions http, Consumer<Peer> onOpen) {
        BlockingQueue<Peer> opened = new LinkedBlockingQueue<>();
        return new TestServer(vertx, options, http, opened, link -> {
            Peer peer = new Peer(link);
            onOpen.accept(peer);
            opened.add(peer);
            return peer;
        });
    }

    public static TestServer start(Vertx vertx, WebSocketOptions options) {
        return start(vertx, options, new HttpServerOptions(), peer -> {});
    }

    public int port() {
        return port;
    }

    /** Returns the next connection that was opened. */
    public Peer accepted() throws InterruptedException {
        Peer peer = peers.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS);
        if (peer == null) {
            throw new AssertionError("no connection was opened");
        }
        return peer;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("not done in time", e);
        }
    }

    @Override
    public void close() {
        await(vertx.undeploy(deploymentId));
    }
}
