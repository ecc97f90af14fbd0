package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The headers for browsers. The requests are raw, because Java's client does not let callers set these headers. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class CorsTest {

    private static final String ORIGIN = "https://app.example.com";

    private final Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);

    @Test
    void shouldAddNoHeadersByDefault(Vertx vertx) throws Exception {
        assertThat(head(vertx, oneLoop, request("OPTIONS", ORIGIN)))
                .doesNotContain("access-control")
                .startsWith("http/1.1 204");
        assertThat(head(vertx, oneLoop, request("GET", ORIGIN))).doesNotContain("access-control");
    }

    @Test
    void shouldAllowTheOriginsThatAreNamed(Vertx vertx) throws Exception {
        Configuration configuration =
                oneLoop.with(Settings.HTTP_CORS_ORIGINS, List.of("https://other.example.com", ORIGIN));

        assertThat(head(vertx, configuration, request("OPTIONS", ORIGIN)))
                .contains(
                        "access-control-allow-origin: " + ORIGIN,
                        "access-control-allow-methods: get, head, put, patch, delete, options",
                        "access-control-allow-headers: content-type, if-match, if-none-match",
                        "access-control-max-age: 600",
                        "vary: origin");
        assertThat(head(vertx, configuration, request("GET", ORIGIN)))
                .contains(
                        "access-control-allow-origin: " + ORIGIN,
                        "access-control-expose-headers: location",
                        "vary: origin")
                .doesNotContain("access-control-allow-methods");
        assertThat(head(vertx, configuration, request("GET", "https://evil.example.com")))
                .doesNotContain("access-control")
                .contains("vary: origin");
        assertThat(head(vertx, configuration, request("OPTIONS", "https://evil.example.com")))
                .doesNotContain("access-control");
    }

    @Test
    void shouldAllowAllOriginsIfConfigured(Vertx vertx) throws Exception {
        Configuration configuration = oneLoop.with(Settings.HTTP_CORS_ORIGINS, List.of("*"));

        assertThat(head(vertx, configuration, request("GET", "https://any.example.com")))
                .contains("access-control-allow-origin: *")
                .doesNotContain("credentials");
    }

    private static String request(String method, String origin) {
        return method + " /v1/sessions/7/keys/k HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin
                + "\r\nAccess-Control-Request-Method: PUT\r\n\r\n";
    }

    private static String head(Vertx vertx, Configuration configuration, String request) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration);
                RawHttp raw = new RawHttp(server.port())) {
            raw.write(request);
            return raw.read().head();
        }
    }
}
