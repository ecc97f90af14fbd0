package dev.tessera.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What browsers are told; the requests are written raw, since clients keep these headers to themselves. */
class CorsTest {

  private static final String ORIGIN = "https://app.example.com";

  private final Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);

  @Test
  void shouldSayNothingByDefault() throws Exception {
    assertThat(head(oneLoop, request("OPTIONS", ORIGIN))).doesNotContain("access-control").startsWith("http/1.1 204");
    assertThat(head(oneLoop, request("GET", ORIGIN))).doesNotContain("access-control");
  }

  @Test
  void shouldAllowTheOriginsThatAreNamed() throws Exception {
    Configuration configuration = oneLoop.with(Settings.HTTP_CORS_ORIGINS, List.of("https://other.example.com", ORIGIN));

    assertThat(head(configuration, request("OPTIONS", ORIGIN))).contains("access-control-allow-origin: " + ORIGIN,
        "access-control-allow-methods: get, head, put, delete, options", "access-control-allow-headers: content-type, if-none-match",
        "access-control-max-age: 600", "vary: origin");
    assertThat(head(configuration, request("GET", ORIGIN))).contains("access-control-allow-origin: " + ORIGIN,
        "access-control-expose-headers: location", "vary: origin").doesNotContain("access-control-allow-methods");
    assertThat(head(configuration, request("GET", "https://evil.example.com"))).doesNotContain("access-control").contains("vary: origin");
    assertThat(head(configuration, request("OPTIONS", "https://evil.example.com"))).doesNotContain("access-control");
  }

  @Test
  void shouldAllowAllOriginsWhereAsked() throws Exception {
    Configuration configuration = oneLoop.with(Settings.HTTP_CORS_ORIGINS, List.of("*"));

    assertThat(head(configuration, request("GET", "https://any.example.com"))).contains("access-control-allow-origin: *")
        .doesNotContain("credentials");
  }

  private static String request(String method, String origin) {
    return method + " /v1/sessions/7/keys/k HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin
        + "\r\nAccess-Control-Request-Method: PUT\r\n\r\n";
  }

  private static String head(Configuration configuration, String request) throws Exception {
    try (TestServer server = TestServer.start(configuration); RawHttp raw = new RawHttp(server.port())) {
      raw.write(request);
      return raw.read().head();
    }
  }
}
