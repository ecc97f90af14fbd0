package dev.tessera.impl.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clients of the JDK and of Vert.x against each frame code. */
@Tag(Layer.CLIENT)
@ExtendWith(VertxExtension.class)
class ClientLibrariesTest {

    private static final String LARGE = "grüße ".repeat(100_000);

    private static TestServer serve(Vertx vertx, WebSocketOptions options) {
        return TestServer.start(vertx, options, new HttpServerOptions(), Peer::echo);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeTheJdksClient(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, WebSocketOptions.defaults().withFrameCode(code))) {
            JdkListener listener = new JdkListener();
            java.net.http.WebSocket socket = get(HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), listener));
            get(socket.sendText("in ", false));
            get(socket.sendText("fragments", true));
            assertThat(listener.texts.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS))
                    .isEqualTo("in fragments");
            get(socket.sendText(LARGE, true));
            assertThat(listener.texts.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS))
                    .isEqualTo(LARGE);
            get(socket.sendPing(ByteBuffer.wrap(ClientFrames.utf8("p"))));
            assertThat(listener.texts.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS))
                    .isEqualTo("pong");

            get(socket.sendClose(4000, "bye"));
            assertThat(get(listener.closed)).isEqualTo(4000);
            assertThat(socket.isOutputClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseTheJdksClient(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, WebSocketOptions.defaults().withFrameCode(code))) {
            JdkListener listener = new JdkListener();
            get(HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), listener));
            Peer peer = server.accepted();
            peer.run(link -> link.close(CloseStatus.GOING_AWAY, "draining"));

            assertThat(get(listener.closed)).isEqualTo(CloseStatus.GOING_AWAY);
            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeVertxsClient(FrameCode code, Vertx vertx) throws Exception {
        shouldServeVertxsClient(vertx, WebSocketOptions.defaults().withFrameCode(code), new WebSocketClientOptions());
    }

    @Test
    void shouldServeVertxsClientWithCompression(Vertx vertx) throws Exception {
        shouldServeVertxsClient(
                vertx,
                WebSocketOptions.defaults().withCompression(true),
                new WebSocketClientOptions().setTryUsePerMessageCompression(true));
    }

    private static void shouldServeVertxsClient(
            Vertx vertx, WebSocketOptions options, WebSocketClientOptions clientOptions) throws Exception {
        try (TestServer server = serve(vertx, options)) {
            BlockingQueue<String> texts = new LinkedBlockingQueue<>();
            WebSocketClient client = vertx.createWebSocketClient(
                    clientOptions.setMaxMessageSize(1_000_000).setMaxFrameSize(1_000_000));
            WebSocket socket = TestServer.await(client.connect(
                    new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.port())));
            socket.textMessageHandler(texts::add).pongHandler(pong -> texts.add("pong " + pong));

            socket.writeFrame(WebSocketFrame.textFrame("in ", false));
            socket.writePing(Buffer.buffer("between"));
            socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("fragments"), true));
            socket.writeFrame(WebSocketFrame.textFrame(LARGE, true));
            assertThat(texts.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS)).isEqualTo("pong between");
            assertThat(texts.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS)).isEqualTo("in fragments");
            assertThat(texts.poll(RawSocket.PATIENCE_MS, TimeUnit.MILLISECONDS)).isEqualTo(LARGE);

            CompletableFuture<Void> closed = new CompletableFuture<>();
            socket.closeHandler(closed::complete);
            socket.close((short) 4000, "bye");
            get(closed);
            server.accepted().await(Peer.CLOSED);
            TestServer.await(client.close());
        }
    }

    private static final class JdkListener implements java.net.http.WebSocket.Listener {

        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(java.net.http.WebSocket socket, ByteBuffer message) {
            texts.add("pong");
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(java.net.http.WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }
}
