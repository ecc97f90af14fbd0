package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that Vert.x Web alone would answer in another way. They are raw, because clients normalise paths. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class HttpRoutesTest {

    private static TestServer server;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/commands/",
                "//v1/commands",
                "/v1/./commands",
                "/v1/x/../commands",
                "/openapi.json/",
                "/openapiXjson",
                "/v1/sessions/7/",
                "/nowhere?tkn=foo",
                "*",
                "nowhere"
            })
    void shouldAnswerEveryOtherTargetWithoutNormalisingIt(String target) throws Exception {
        RawHttp.Response response = send("GET", target);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo("{\"ERR\":{\"st\":10,\"m\":\"there is nothing at this path;"
                        + " /openapi.json lists what there is\"}}");
    }

    @Test
    void shouldRouteAnAbsoluteTargetByItsPath() throws Exception {
        assertThat(send("GET", "http://localhost/v1/sessions/7").body()).startsWith("""
                {"SH_INFO_RSP":{"st":100,""");
    }

    @ParameterizedTest
    @CsvSource({"/v1/sessions/7?x=%zz, 404", "/v1/sessions/7?%zz=x, 400", "/nowhere?tkn=%zz, 400"})
    void shouldDecodeOnlyTheParametersThatItReads(String target, int status) throws Exception {
        assertThat(send("GET", target).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/commands | POST, OPTIONS",
                "/v1/sessions | POST, GET, HEAD, OPTIONS",
                "/v1/sessions/7 | GET, HEAD, DELETE, OPTIONS",
                "/v1/sessions/7/keys | GET, HEAD, OPTIONS",
                "/v1/sessions/7/keys/ | GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
                "/openapi.json | GET, HEAD, OPTIONS"
            })
    void shouldNameTheMethodsOfEachResource(String path, String methods) throws Exception {
        String allow = "allow: " + methods.toLowerCase(Locale.ROOT) + "\r\n";

        assertThat(send("OPTIONS", path)).satisfies(options -> {
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.head()).contains(allow);
        });
        assertThat(send("TRACE", path)).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.head()).contains(allow);
            assertThat(refused.body()).isEqualTo("""
                            {"ERR":{"st":10,"m":"%s"}}""".formatted(HttpMessages.knownMethods(methods)));
        });
    }

    private static RawHttp.Response send(String method, String target) throws Exception {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.write(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return raw.read();
        }
    }
}
