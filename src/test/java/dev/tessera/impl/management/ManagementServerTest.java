package dev.tessera.impl.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.http.AllowedHosts;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.testing.Await;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ManagementServerTest {

    private volatile boolean enoughMembers = true;
    private final Readiness readiness = new Readiness(() -> enoughMembers, () -> "", () -> "");
    private final Metrics metrics = new Metrics();
    private int port;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        port = Await.result(ManagementServer.start(
                        vertx,
                        "127.0.0.1",
                        0,
                        readiness,
                        new AllowedHosts("127.0.0.1", List.of()),
                        List.of(new ManagementPage("/metrics", Metrics.CONTENT_TYPE, metrics::page))))
                .port();
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
    void shouldSayHowTheClusterStands(Vertx vertx) throws Exception {
        int clustered = Await.result(ManagementServer.start(
                        vertx,
                        "127.0.0.1",
                        0,
                        readiness,
                        new AllowedHosts("127.0.0.1", List.of()),
                        List.of(ManagementPage.json("/v1/cluster", () -> "{\"safe\":true}"))))
                .port();

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
}
