package dev.tessera.impl.gateway.websocket.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.Tool;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients as people use them: {@code ws} and {@code undici} on Node, the JDK's, and a browser. */
@Tag(Layer.CLIENT)
@ExtendWith(VertxExtension.class)
class RealClientsIT {

    private static final long TIMEOUT_SECONDS = 60;

    /** Returns the servers, each of which meets every client. */
    static Stream<Named<Function<Vertx, ServerUnderTest>>> servers() {
        Configuration configuration = Configuration.defaults().with(Settings.EVENT_LOOPS, 2);
        return Stream.of(
                Named.of("own codec", vertx -> new TesseraUnderTest(vertx, configuration)),
                Named.of(
                        "Vert.x",
                        vertx -> new TesseraUnderTest(vertx, configuration.with(Settings.WEBSOCKET_OWN_CODEC, false))),
                Named.of(
                        "compressed",
                        vertx ->
                                new TesseraUnderTest(vertx, configuration.with(Settings.WEBSOCKET_COMPRESSION, true))));
    }

    @ParameterizedTest
    @MethodSource("servers")
    @RequiresTool({Tool.NODE, Tool.NPM})
    void shouldServeWs(Function<Vertx, ServerUnderTest> start, Vertx vertx) throws Exception {
        try (ServerUnderTest server = start.apply(vertx)) {
            assertThat(NodeClients.run("ws.mjs", server)).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    @RequiresTool({Tool.NODE, Tool.NPM})
    void shouldServeUndici(Function<Vertx, ServerUnderTest> start, Vertx vertx) throws Exception {
        try (ServerUnderTest server = start.apply(vertx)) {
            assertThat(NodeClients.run("undici.mjs", server)).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    @RequiresTool(Tool.BROWSER)
    void shouldServeABrowser(Function<Vertx, ServerUnderTest> start, Vertx vertx) throws Exception {
        try (ServerUnderTest server = start.apply(vertx)) {
            assertThat(BrowserClient.run(vertx, server)).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldServeTheJdk(Function<Vertx, ServerUnderTest> start, Vertx vertx) throws Exception {
        try (ServerUnderTest server = start.apply(vertx)) {
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(server.url()), new JdkListener(events))
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            for (ServerUnderTest.Exchange exchange : server.conversation()) {
                socket.sendText(exchange.send(), true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                assertThat(events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(exchange.answer());
            }
            socket.sendClose(4000, "done").get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("closed with 4000");
        }
    }

    private static final class JdkListener implements WebSocket.Listener {

        private final BlockingQueue<String> events;
        private final StringBuilder text = new StringBuilder();

        JdkListener(BlockingQueue<String> events) {
            this.events = events;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            events.add("closed with " + status);
            return null;
        }
    }
}
