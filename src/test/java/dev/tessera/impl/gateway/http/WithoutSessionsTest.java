package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resources of a server whose sessions are disabled. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class WithoutSessionsTest {

    private static TestServer server;
    private static HttpClientOfTests client;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(
                vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.SESSIONS_ENABLED, false));
        client = new HttpClientOfTests(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        """
                POST,   /v1/sessions,          '{"name":"n"}'""",
        "GET,    /v1/sessions?name=n,   ",
        "GET,    /v1/sessions/7,        ",
        "DELETE, /v1/sessions/7,        ",
        "GET,    /v1/sessions/7/keys,   ",
        "GET,    /v1/sessions/7/keys/a, ",
        "PUT,    /v1/sessions/7/keys/a, 1",
        "PATCH,  /v1/sessions/7/keys/a, {}",
        "DELETE, /v1/sessions/7/keys/a, "
    })
    void shouldRefuseResourcesOfSessions(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = client.send(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"st\":14,").doesNotContain("tkn");
        assertThat(client.send("POST", "/v1/commands", "{\"KV_COUNT\":{}}").body())
                .isEqualTo("""
                        {"KV_COUNT_RSP":{"st":1,"cnt":0}}""");
    }

    @Test
    void shouldLeaveTheStatusOfAKeyThatIsNamedAsATokenIsANumber() throws Exception {
        client.send("POST", "/v1/commands", """
                {"KV_SET":{"keys":{"tkn":1}}}""");

        assertThat(client.send("POST", "/v1/commands?tkn=string", """
                {"KV_RMV":{"keys":["tkn"]}}""").body()).isEqualTo("""
                        {"KV_RMV_RSP":{"tkn":24}}""");
    }

    @Test
    void shouldDescribeOnlyServedResources() throws Exception {
        assertThat(client.send("GET", "/openapi.json", null).body())
                .contains("/v1/commands", "KV_SET")
                .doesNotContain("/v1/sessions", "SH_NEW");
    }
}
