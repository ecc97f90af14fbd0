package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The resources and the description of a server with disabled commands. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class DisabledCommandsTest {

    private final Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);

    @Test
    void shouldForbidDisabledCommands(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, oneLoop.with(Settings.COMMANDS_DISABLED, List.of("SH_NEW", "KV_CONTAINS")))) {
            HttpClientOfTests client = new HttpClientOfTests(server.port());

            assertThat(client.send("POST", "/v1/sessions", """
                    {"name":"n"}""").statusCode()).isEqualTo(403);
            assertThat(client.send("GET", "/v1/sessions/7/keys/k", null).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void shouldNotDescribeDisabledCommands(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, oneLoop.with(Settings.COMMANDS_DISABLED, List.of("SH_END", "KV_CLEAR")))) {
            HttpClientOfTests client = new HttpClientOfTests(server.port());

            JsonNode described = new ObjectMapper()
                    .readTree(client.send("GET", "/openapi.json", null).body());

            assertThat(described.at("/components/schemas").has("KV_SET")).isTrue();
            assertThat(described.at("/components/schemas").has("KV_CLEAR")).isFalse();
            assertThat(described.at("/paths/~1v1~1sessions~1{tkn}").has("delete"))
                    .isFalse();
            assertThat(described.at("/paths/~1v1~1sessions~1{tkn}").has("get")).isTrue();
        }
    }

    @Test
    void shouldKnowTheEnabledPatchesAlone(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, oneLoop.with(Settings.COMMANDS_DISABLED, List.of("KV_MERGE", "SH_INFO")))) {
            HttpClientOfTests client = new HttpClientOfTests(server.port());
            String path = "/v1/sessions/" + client.newSession() + "/keys/k";
            client.send("PUT", path, "{}");

            HttpResponse<String> merged = client.sendBytes(
                    "PATCH", path, "application/merge-patch+json", "{}".getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> patched = client.sendBytes(
                    "PATCH", path, "application/json-patch+json", """
                    [{"op":"add","path":"/a","value":1}]""".getBytes(StandardCharsets.UTF_8));

            assertThat(merged.statusCode()).isEqualTo(403);
            assertThat(patched.statusCode()).isEqualTo(200);
            assertThat(patched.headers().firstValue("ETag"))
                    .as("without SH_INFO, nobody knows whether the patch has changed the key")
                    .isEmpty();
            assertThat(client.send("GET", "/openapi.json", null).body())
                    .contains("\"application/json-patch+json\"")
                    .doesNotContain("\"application/merge-patch+json\"");
        }
    }
}
