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
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The origins whose pages may open a WebSocket. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@ExpectLog(logger = "io.vertx.core.http.impl.HttpClientConnectionInternal", message = "Connection evicted")
class WebSocketOriginsTest {

    /** The garbage collector closes the connections of a client that nobody refers to. */
    private final List<WebSocketClient> clients = new ArrayList<>();

    private static final String OURS = "https://app.example.com";
    private static final String OTHER = "https://evil.example.com";

    private final Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);

    @Test
    void shouldAdmitPagesOfItsOwnHostAndPortByDefault(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            assertOpens(vertx, server);
            assertOpens(vertx, server, "http://127.0.0.1:" + server.port());
            assertRefused(vertx, server, "http://127.0.0.1:" + (server.port() - 1));
            assertRefused(vertx, server, "http://127.0.0.1");
            assertRefused(vertx, server, "http://localhost:" + server.port());
            assertRefused(vertx, server, OTHER);
            assertRefused(vertx, server, "null");
        }
    }

    @Test
    void shouldAdmitEveryPageIfAskedTo(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.WEBSOCKET_ORIGINS, List.of("*")))) {
            assertOpens(vertx, server, OTHER);
            assertOpens(vertx, server, "null");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, app.example.com, true",
        "https://app.example.com, APP.example.com:443, true",
        "https://app.example.com:443, app.example.com, true",
        "https://app.example.com, app.example.com:80, false",
        "http://app.example.com, app.example.com:80, true",
        "http://app.example.com:8080, app.example.com, false",
        "http://[::1]:1987, [::1]:1987, true",
        "https://evil.example.com, app.example.com, false",
        "https://app.example.com.evil.com, app.example.com, false",
        "nonsense, app.example.com, false"
    })
    void shouldCompareHostAndPort(String origin, String host, boolean isOwn) {
        assertThat(WebSocketOrigins.isOwn(origin, HostAndPort.parseAuthority(host, -1)))
                .isEqualTo(isOwn);
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

    private void assertOpens(Vertx vertx, TestServer server, String... origins) throws Exception {
        WebSocket socket = connect(vertx, server, origins);
        assertThat(socket.isClosed()).isFalse();
        socket.close();
    }

    private void assertRefused(Vertx vertx, TestServer server, String... origins) {
        assertThatThrownBy(() -> connect(vertx, server, origins))
                .hasRootCauseInstanceOf(UpgradeRejectedException.class)
                .rootCause()
                .extracting(refused -> ((UpgradeRejectedException) refused).getStatus())
                .isEqualTo(403);
    }

    private WebSocket connect(Vertx vertx, TestServer server, String... origins) throws Exception {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setURI("/")
                .setAllowOriginHeader(origins.length > 0);
        for (String origin : origins) {
            options.addHeader(HttpHeaders.ORIGIN, origin);
        }
        WebSocketClient client = vertx.createWebSocketClient();
        clients.add(client);
        return client.connect(options).toCompletionStage().toCompletableFuture().get();
    }
}
