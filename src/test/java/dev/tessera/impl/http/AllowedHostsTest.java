package dev.tessera.impl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.http.RawHttp;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hosts in whose name the server answers. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class AllowedHostsTest {

    private final Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.2.3, true",
        "[::1], true",
        "localhost, true",
        "LocalHost., true",
        "app.localhost, true",
        "db.internal, true",
        "DB.internal., true",
        "tessera, true",
        "evil.example.com, false",
        "localhost.evil.example.com, false",
        "127.0.0.1.evil.example.com, false",
        "notlocalhost, false",
        "127.1, false"
    })
    void shouldAllowAddressesAndKnownNames(String host, boolean isAllowed) {
        assertThat(new AllowedHosts("db.internal", List.of("Tessera")).admit(host))
                .isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource({"localhost, 200, 101", "127.0.0.1:80, 200, 101", "evil.example.com, 421, 421"})
    void shouldAnswerOnBothPorts(String host, int status, int handshakeStatus, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            int management = server.server().managementPort();

            assertThat(get(server.port(), "/openapi.json", host).status()).isEqualTo(status);
            assertThat(get(server.port(), "/", host, HANDSHAKE).status()).isEqualTo(handshakeStatus);
            assertThat(get(management, "/metrics", host).status()).isEqualTo(status);
            assertThat(get(management, "/livez", host).status()).isEqualTo(200);
            assertThat(get(management, "/readyz", host).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example.com, localhost, 421, 421", "http://localhost, evil.example.com, 200, 101"})
    void shouldPreferTheHostOfAnAbsoluteUrl(String url, String host, int status, int handshakeStatus, Vertx vertx)
            throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            int management = server.server().managementPort();

            assertThat(get(server.port(), url + "/openapi.json", host).status()).isEqualTo(status);
            assertThat(get(server.port(), url + "/", host, HANDSHAKE).status()).isEqualTo(handshakeStatus);
            assertThat(get(management, url + "/metrics", host).status()).isEqualTo(status);
        }
    }

    @Test
    void shouldNameTheSettingInJson(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            assertThat(get(server.port(), "/openapi.json", "evil.example.com").body())
                    .isEqualTo("""
                            {"ERR":{"st":13,"m":"%s"}}""".formatted(RequestMessages.OTHER_HOST))
                    .contains("http.hosts");
            assertThat(get(server.server().managementPort(), "/metrics", "evil.example.com")
                            .body())
                    .isEqualTo("""
                            {"error":"%s"}""".formatted(RequestMessages.OTHER_HOST));
        }
    }

    @ParameterizedTest
    @CsvSource({"app.example.com, app.example.com:1987", "*, evil.example.com"})
    void shouldAnswerToTheNamesOfTheSetting(String names, String host, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.HTTP_HOSTS, List.of(names)))) {
            assertThat(get(server.port(), "/openapi.json", host).status()).isEqualTo(200);
            assertThat(get(server.server().managementPort(), "/metrics", host).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, 200", "evil.example.com, 421"})
    void shouldReadTheAuthorityOfHttp2(String host, int status, Vertx vertx) throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        try (TestServer server = TestServer.start(vertx, oneLoop)) {
            RequestOptions request = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setServer(SocketAddress.inetSocketAddress(server.port(), "127.0.0.1"))
                    .setHost(host)
                    .setPort(server.port())
                    .setURI("/openapi.json");

            assertThat(Await.result(client.request(request).compose(HttpClientRequest::send))
                            .statusCode())
                    .isEqualTo(status);
        }
        Await.result(client.close());
    }

    private static final String HANDSHAKE = """
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            """;

    private static RawHttp.Response get(int port, String path, String host, String... headers) throws IOException {
        try (RawHttp raw = new RawHttp(port)) {
            raw.write("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + String.join("", headers) + "\r\n");
            return raw.read();
        }
    }
}
