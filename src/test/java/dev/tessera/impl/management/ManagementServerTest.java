package dev.tessera.impl.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.http.AllowedHosts;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

@Tag(Layer.COMPONENT)
class ManagementServerTest {

    private static final int TIMEOUT_MS = 30_000;

    private volatile boolean enoughMembers = true;
    private final Readiness readiness = new Readiness(() -> enoughMembers, () -> "", () -> "");
    private final Metrics metrics = new Metrics();
    private final StallWatch stalls = new StallWatch(1);
    private final List<ManagementServer> servers = new ArrayList<>();
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = start(new ManagementPage("/metrics", Metrics.CONTENT_TYPE, metrics::page));
    }

    @AfterEach
    void stop() throws Exception {
        for (ManagementServer server : servers) {
            Await.result(server.close());
        }
    }

    private int start(ManagementPage page) throws Exception {
        ManagementServer server = Await.result(ManagementServer.start(
                "127.0.0.1", 0, readiness, new AllowedHosts("127.0.0.1", List.of()), stalls, List.of(page)));
        servers.add(server);
        return server.port();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      STARTING | 503 | {"status":"unready","reason":"starting"}
      READY    | 200 | {"status":"ready"}
      DRAINING | 503 | {"status":"unready","reason":"draining"}
      """)
    void shouldAnswerWhetherClientsMayCome(Readiness.State state, int status, String body) throws Exception {
        readiness.enter(state);

        HttpResponse<String> response = Http.get(port, "/readyz");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void shouldShowMetrics() throws Exception {
        metrics.counter("tessera_saves_complete_total", "How often.").inc(3);
        metrics.counter("tessera_refused_total", "Refused.", () -> 7);
        metrics.counter(
                "tessera_commands_total",
                "By name.",
                values -> {
                    values.put(1, "KV_GET");
                    values.put(2, "KV_SET");
                },
                "command");
        metrics.gauge("tessera_connections", "Connections.", () -> 2);

        HttpResponse<String> response = Http.get(port, "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo("""
        # HELP tessera_commands_total By name.
        # TYPE tessera_commands_total counter
        tessera_commands_total{command="KV_GET"} 1.0
        tessera_commands_total{command="KV_SET"} 2.0
        # HELP tessera_connections Connections.
        # TYPE tessera_connections gauge
        tessera_connections 2.0
        # HELP tessera_refused_total Refused.
        # TYPE tessera_refused_total counter
        tessera_refused_total 7.0
        # HELP tessera_saves_complete_total How often.
        # TYPE tessera_saves_complete_total counter
        tessera_saves_complete_total 3.0
        """);
    }

    @ParameterizedTest
    @CsvSource({"STARTING", "READY", "DRAINING"})
    void shouldBeAliveInEveryState(Readiness.State state) throws Exception {
        readiness.enter(state);

        HttpResponse<String> response = Http.get(port, "/livez");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("""
                {"status":"live"}""");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void shouldListThePagesAtAnUnknownPath() throws Exception {
        HttpResponse<String> response = Http.get(port, "/v1/cluster");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).contains("/livez", "/readyz", "/metrics");
    }

    @Test
    void shouldAnswerProbesThatAskForTheHeadOnly() throws Exception {
        readiness.enter(Readiness.State.READY);

        assertThat(Http.send("HEAD", port, "/livez").statusCode()).isEqualTo(200);
        assertThat(Http.send("HEAD", port, "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeUnreadyWhileTheClusterIsTooSmall() throws Exception {
        enoughMembers = false;
        readiness.enter(Readiness.State.READY);

        assertThat(Http.get(port, "/readyz").body()).isEqualTo("""
                {"status":"unready","reason":"below minimum"}""");

        readiness.enter(Readiness.State.DRAINING);
        assertThat(Http.get(port, "/readyz").body()).contains("draining");
    }

    @Test
    void shouldSayHowTheClusterStands() throws Exception {
        int clustered = start(ManagementPage.json("/v1/cluster", () -> "{\"safe\":true}"));

        HttpResponse<String> response = Http.get(clustered, "/v1/cluster");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"safe\":true}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void shouldKnowNothingElse() throws Exception {
        assertThat(Http.get(port, "/v1/cluster").statusCode()).isEqualTo(404);
        assertThat(Http.get(port, "/").statusCode()).isEqualTo(404);
        assertThat(Http.send("DELETE", port, "/livez").statusCode()).isEqualTo(405);
    }

    @Test
    @ExpectLog(from = ManagementServer.class, level = Level.ERROR, message = "stands still: event loop 0")
    void shouldNotBeAliveWhileAnEventLoopStandsStill() throws Exception {
        StallWatch.Loop loop = stalls.watch("event loop 0");

        Await.until(() -> Http.get(port, "/livez").statusCode() == 503);
        assertThat(Http.get(port, "/livez").body())
                .startsWith("{\"status\":\"stalled\",\"reason\":\"event loop 0 has run no task for ");

        loop.end();
        Await.until(() -> Http.get(port, "/livez").statusCode() == 200);
    }

    @Test
    void shouldAnswerProbesWhateverConnectionsAreOpen() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
                assertThat(status("/livez")).contains(" 200 ");
            }
            // The oldest have given way.
            silent.get(0).setSoTimeout(TIMEOUT_MS);
            assertThat(silent.get(0).getInputStream().read()).isEqualTo(-1);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** Returns the status line of an answer on a connection of its own. */
    private String status(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
