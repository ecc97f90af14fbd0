package dev.tessera.impl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.Tool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** Requests over HTTP/2 that reach no route, on both ports. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@RequiresTool(Tool.CURL)
class Http2RequestsTest {

    @ParameterizedTest
    @CsvSource({
        "-X OPTIONS --request-target *, 404",
        "--request-target foo, 404",
        "--request-target /nowhere, 404",
        "-H Host:, 400",
        "-H Host:evil.example.com --request-target /metrics, 421"
    })
    void shouldAnswerInJson(String arguments, int status, Vertx vertx, @TempDir Path directory) throws Exception {
        Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            for (int port : List.of(server.port(), server.server().managementPort())) {
                List<String> command = new ArrayList<>(List.of(Tool.CURL.path().toString(), "-sS", "--max-time", "20"));
                command.addAll(List.of("--http2-prior-knowledge", "-w", " %{http_version} %{http_code}"));
                command.addAll(List.of(arguments.split(" ", -1)));
                command.add("http://127.0.0.1:" + port + "/");

                String output = ExternalProgram.run(directory, command.toArray(String[]::new));

                assertThat(output).startsWith("{\"").endsWith("} 2 " + status);
            }
        }
    }

    @Test
    @ExpectLog(
            logger = "io.vertx.core.http.impl.HttpClientRequestImpl",
            level = Level.ERROR,
            message = "Stream was closed")
    void shouldAnswerConnect(Vertx vertx) throws Exception {
        Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            Map<Integer, Integer> statuses =
                    Map.of(server.port(), 404, server.server().managementPort(), 400);
            for (int port : statuses.keySet()) {
                int status = Await.result(client.request(HttpMethod.CONNECT, port, "127.0.0.1", "/")
                        .compose(HttpClientRequest::connect)
                        .map(HttpClientResponse::statusCode));

                assertThat(status).isEqualTo(statuses.get(port));
            }
            Await.result(client.close());
        }
    }
}
