package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The origins whose pages may open a WebSocket. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@ExpectLog(logger = "io.vertx.core.http.impl.HttpClientConnectionInternal", message = "Connection evicted")
class WebSocketOriginsTest {

    private static final String OURS = "https://app.example.com";
    private static final String OTHER = "https://evil.example.com";

    private final Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);

    @Test
    void shouldAdmitEveryPageByDefault(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            assertOpens(vertx, server, OTHER);
        }
    }

    @Test
    void shouldAdmitThePagesThatAreNamedAndClientsThatAreNoBrowsers(Vertx vertx) throws Exception {
        Configuration configuration =
                oneLoop.with(Settings.WEBSOCKET_ORIGINS, List.of("https://other.example.com", OURS));
        try (TestServer server = TestServer.start(vertx, configuration)) {
            assertOpens(vertx, server, OURS);
            assertOpens(vertx, server);
            assertRefused(vertx, server, OTHER);
            assertRefused(vertx, server, "null");
            assertRefused(vertx, server, OURS, OTHER);
        }
    }

    @Test
    void shouldAdmitNoPageIfNoOriginIsNamed(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.WEBSOCKET_ORIGINS, List.of()))) {
            assertOpens(vertx, server);
            assertRefused(vertx, server, OURS);
        }
    }

    private static void assertOpens(Vertx vertx, TestServer server, String... origins) throws Exception {
        WebSocket socket = connect(vertx, server, origins);
        assertThat(socket.isClosed()).isFalse();
        socket.close();
    }

    private static void assertRefused(Vertx vertx, TestServer server, String... origins) {
        assertThatThrownBy(() -> connect(vertx, server, origins))
                .hasRootCauseInstanceOf(UpgradeRejectedException.class)
                .rootCause()
                .extracting(refused -> ((UpgradeRejectedException) refused).getStatus())
                .isEqualTo(403);
    }

    private static WebSocket connect(Vertx vertx, TestServer server, String... origins) throws Exception {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setURI("/")
                .setAllowOriginHeader(origins.length > 0);
        for (String origin : origins) {
            options.addHeader(HttpHeaders.ORIGIN, origin);
        }
        return vertx.createWebSocketClient()
                .connect(options)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }
}
