package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.parameter.Seconds;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and keys as resources, on a real server. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class SessionsEndpointTest {

    private static TestServer server;
    private static HttpClientOfTests client;

    private String token;
    private String keys;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
        client = new HttpClientOfTests(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeSession() throws Exception {
        token = client.newSession();
        keys = "/v1/sessions/" + token + "/keys";
    }

    @Test
    void shouldCreateASessionAndReturnItsLocation() throws Exception {
        HttpResponse<String> made = client.send("POST", "/v1/sessions", """
                        {"name":"n","expiry":{"duration":5,"deleteSession":true}}""");
        String location = made.headers().firstValue("Location").orElseThrow();

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).startsWith("""
                {"SH_NEW_RSP":{"st":1,"name":"n","tkn":""");
        assertThat(location).isEqualTo("/v1/sessions/" + made.body().replaceAll(".*\"tkn\":(\\d+).*", "$1"));
        assertThat(client.send("GET", location, null).body()).contains("\"duration\":5");
    }

    @Test
    void shouldFindASharedSessionByItsName() throws Exception {
        HttpResponse<String> made = client.send("POST", "/v1/sessions?tkn=string", """
                        {"name":"lobby é&","shared":true}""");
        HttpResponse<String> found = client.send("GET", "/v1/sessions?tkn=string&name=lobby+%C3%A9%26", null);

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body())
                .isEqualTo(made.body().replace("SH_NEW", "SH_OPEN"))
                .contains("\"tkn\":\"");
        assertThat(client.send("POST", "/v1/sessions", """
                {"name":"lobby é&","shared":true}""").statusCode()).isEqualTo(409);
        assertThat(client.send("GET", "/v1/sessions?name=nobody", null).statusCode())
                .isEqualTo(404);
        assertThat(client.send("GET", "/v1/sessions?name=", null).statusCode()).isEqualTo(400);
        assertThat(client.send("GET", "/v1/sessions", null).body()).contains("\"st\":26");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | {\"SH_NEW_RSP\":{\"st\":26,\"tkn\":null,\"m\":\"parameter 'name' is missing\"}}",
                "[] | {\"SH_NEW_RSP\":{\"st\":12,\"tkn\":null,\"m\":\"" + Messages.BODY_NOT_AN_OBJECT + "\"}}",
                "{\"name\":\"n\"},\"SH_END_ALL\":{} |"
                        + " {\"ERR\":{\"st\":3,\"m\":\"not JSON: unexpected text after the end at byte 12\"}}",
                "{\"name\" | {\"ERR\":{\"st\":3,\"m\":\"not JSON: expected ':' at byte 7\"}}"
            })
    void shouldJudgeABodyAsTheProtocolDoes(String body, String answer) throws Exception {
        HttpResponse<String> response = client.send("POST", "/v1/sessions", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo(answer);
    }

    @Test
    void shouldEndASession() throws Exception {
        assertThat(client.send("DELETE", "/v1/sessions/" + token, null).statusCode())
                .isEqualTo(204);

        HttpResponse<String> again = client.send("DELETE", "/v1/sessions/" + token, null);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).isEqualTo("""
                        {"SH_END_RSP":{"st":100,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.NO_SESSION));
        assertThat(client.send("GET", "/v1/sessions/" + token, null).statusCode())
                .isEqualTo(404);
        assertThat(client.send("GET", keys, null).statusCode()).isEqualTo(404);
        assertThat(client.send("GET", keys + "/k", null).statusCode()).isEqualTo(404);
        assertThat(client.send("DELETE", keys + "/k", null).statusCode()).isEqualTo(404);
        assertThat(client.send("PUT", keys + "/k", "1").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldStoreReplaceAndOnlyAddKeys() throws Exception {
        HttpResponse<String> added = client.send("PUT", keys + "/k", "1", "If-None-Match", "*");
        HttpResponse<String> refused = client.send("PUT", keys + "/k", "2", "If-None-Match", "*");
        HttpResponse<String> replaced = client.send("PUT", keys + "/k", "3");
        HttpResponse<String> stored = client.send("PUT", keys + "/other", "4");

        assertThat(List.of(added.statusCode(), refused.statusCode(), replaced.statusCode(), stored.statusCode()))
                .containsExactly(201, 412, 200, 201);
        assertThat(refused.body()).isEqualTo("""
                {"KV_ADD_RSP":{"tkn":%s,"keys":{"k":23}}}""".formatted(token));
        assertThat(client.send("GET", keys + "/k", null).body()).isEqualTo("3");
        assertThat(client.send("GET", keys, null).body()).isEqualTo("""
                        {"KV_KEYS_RSP":{"tkn":%s,"st":1,"keys":["k","other"]}}""".formatted(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.50", "{\"a\":[1E400, 2]}"})
    void shouldReplaceOnlyExistingKeys(String json) throws Exception {
        HttpResponse<String> refused = client.send("PUT", keys + "/k", json, "If-Match", "*");
        client.send("PUT", keys + "/k", "{\"old\":1}");
        HttpResponse<String> replaced = client.send("PUT", keys + "/k", json, "If-Match", "*");

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body()).isEqualTo("""
                        {"KV_UPDATE_RSP":{"tkn":%s,"st":22,"key":"k","cnt":0}}""".formatted(token));
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(client.send("GET", keys + "/k", null).body()).isEqualTo(json);
        assertThat(client.send("PUT", "/v1/sessions/7/keys/k", json, "If-Match", "*")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldTellAnOpenedSessionFromANewOne() throws Exception {
        String parameters = """
                {"name":"one","shared":true,"open":true}""";
        HttpResponse<String> made = client.send("POST", "/v1/sessions", parameters);
        HttpResponse<String> opened = client.send("POST", "/v1/sessions", parameters);

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(made.headers().firstValue("Location"));
    }

    /** The clock of the server stands still. */
    @Test
    void shouldReplaceTheTimeToLiveWithEachPut() throws Exception {
        client.send("PUT", keys + "/k?ttl=60", "1");
        assertThat(secondsLeft()).isEqualTo("60");
        client.send("PUT", keys + "/k?ttl=0.5", "2", "If-Match", "*");
        assertThat(secondsLeft()).isEqualTo("1");
        client.send("PUT", keys + "/k?ttl=7&tkn=string", "3");
        assertThat(secondsLeft()).isEqualTo("7");
        client.send("PUT", keys + "/k", "4", "If-Match", "*");
        assertThat(secondsLeft()).isEqualTo("0");
        String tag = client.send("PUT", keys + "/k?ttl=9", "5")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        client.send("PUT", keys + "/k?ttl=8", "6", "If-Match", tag);
        assertThat(secondsLeft()).isEqualTo("8");
        client.send("PUT", keys + "/k", "7");
        assertThat(secondsLeft()).isEqualTo("0");
        client.send("DELETE", keys + "/k", null);
        client.send("PUT", keys + "/k?ttl=5", "8", "If-None-Match", "*");
        assertThat(secondsLeft()).isEqualTo("5");
    }

    private String secondsLeft() throws Exception {
        return client.send("POST", "/v1/commands", """
                {"KV_TTL":{"tkn":%s,"keys":["k"]}}""".formatted(token)).body().replaceAll(".*\"k\":(\\w+).*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "keep", "0.0001", "", "1,%22if%22:%7B%7D", "%7B%7D"})
    void shouldRefuseATimeToLiveThatIsWrong(String ttl) throws Exception {
        HttpResponse<String> refused = client.send("PUT", keys + "/k?ttl=" + ttl, "1");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("""
                {"ERR":{"st":41,"m":"%s"}}""".formatted(Messages.wrongType("ttl", Seconds.FORM)));
        assertThat(client.send("GET", keys + "/k", null).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"1\", \"2\"", "none"})
    void shouldChangeNothingIfATagMustMatch(String tags) throws Exception {
        client.send("PUT", keys + "/k", "1");
        String clear = """
                {"KV_CLEAR":{"tkn":%s}}""".formatted(token);

        assertThat(client.send("PUT", keys + "/k", "2", "If-Match", tags).statusCode())
                .isEqualTo(412);
        assertThat(client.send("PUT", keys + "/new", "2", "If-Match", tags).statusCode())
                .isEqualTo(412);
        assertThat(client.send("DELETE", keys + "/k", null, "If-Match", tags).statusCode())
                .isEqualTo(412);
        assertThat(client.send("DELETE", "/v1/sessions/" + token, null, "If-Match", tags)
                        .statusCode())
                .isEqualTo(412);
        assertThat(client.send("POST", "/v1/commands", clear, "If-Match", tags).statusCode())
                .isEqualTo(412);
        assertThat(client.send("GET", keys + "/k", null, "If-Match", tags).statusCode())
                .isEqualTo(412);
        assertThat(client.send("GET", keys + "/none", null, "If-Match", tags).statusCode())
                .isEqualTo(404);
        assertThat(client.send("GET", keys, null).body()).contains("""
                "keys":["k"]""");
        assertThat(client.send("GET", keys + "/k", null).body()).isEqualTo("1");
    }

    @Test
    void shouldRemoveNothingIfTheKeyMustBeAbsent() throws Exception {
        client.send("PUT", keys + "/k", "1");

        HttpResponse<String> refused = client.send("DELETE", keys + "/k", null, "If-None-Match", "*");

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body()).startsWith("""
                {"ERR":{"st":13,""").contains("If-None-Match");
        assertThat(client.send("PUT", keys + "/k", "2", "If-None-Match", "*", "If-Match", "*")
                        .statusCode())
                .isEqualTo(412);
        assertThat(client.send("GET", keys + "/k", null).body()).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldAnswer304IfAnExistingKeyMustBeAbsent(HttpClient.Version version) throws Exception {
        HttpClientOfTests versioned = new HttpClientOfTests(server.port(), version);
        versioned.send("PUT", keys + "/k", "1");

        HttpResponse<String> unmodified = versioned.send("GET", keys + "/k", null, "If-None-Match", "*");

        assertThat(unmodified.statusCode()).isEqualTo(304);
        assertThat(unmodified.body()).isEmpty();
        assertThat(unmodified.headers().firstValue("Content-Length")).isEmpty();
        assertThat(versioned
                        .send("GET", keys + "/none", null, "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(404);
        assertThat(versioned.send("GET", keys + "/k", null, "If-Match", "*").body())
                .isEqualTo("1");
    }

    @Test
    void shouldExecuteIfNoTagMustMatch() throws Exception {
        assertThat(client.send("PUT", keys + "/k", "1", "If-None-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(201);
        assertThat(client.send("GET", keys + "/k", null, "If-None-Match", "\"1\"")
                        .body())
                .isEqualTo("1");
        assertThat(client.send("DELETE", keys + "/k", null, "If-Match", "*").statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tkn=foo", "tkn=", "tkn", "tkn=String", "tkn=number&tkn=string"})
    void shouldRefuseUnknownFormsOfTokens(String query) throws Exception {
        String end = """
                {"SH_END":{"tkn":%s}}""".formatted(token);
        for (HttpResponse<String> refused : List.of(
                client.send("GET", "/v1/sessions/" + token + "?" + query, null),
                client.send("PUT", keys + "/k?" + query, "1"),
                client.send("POST", "/v1/commands?" + query, end))) {
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).isEqualTo("""
                            {"ERR":{"st":13,"m":"%s"}}""".formatted(HttpMessages.UNKNOWN_TOKEN_FORM));
        }
        assertThat(client.send("GET", keys, null).body()).contains("\"keys\":[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.50", "\"\\u0061é\"", """
                        {"keys":{"a":[1E400, 2]},"tkn":18446744073709551615}""", "[ ]", "  7  "})
    void shouldReturnAValueAsItWasStored(String value) throws Exception {
        client.send("PUT", keys + "/k", value);

        HttpResponse<String> read = client.send("GET", keys + "/k?tkn=string", null);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(read.body()).isEqualTo(value.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a%2Fb", "a/b", "%22%5C", "%F0%9F%98%80", "tkn", "st", "keys", "%00", "%C2%85"})
    void shouldKnowKeysOfEveryName(String key) throws Exception {
        assertThat(client.send("GET", keys + "/" + key, null).statusCode()).isEqualTo(404);
        assertThat(client.send("DELETE", keys + "/" + key, null).statusCode()).isEqualTo(404);
        assertThat(client.send("PUT", keys + "/" + key, "{}").statusCode()).isEqualTo(201);
        assertThat(client.send("GET", keys + "/" + key, null).body()).isEqualTo("{}");
        assertThat(client.send("DELETE", keys + "/" + key, null).statusCode()).isEqualTo(204);
        assertThat(client.send("DELETE", keys + "/" + key, null).body()).contains("\"st\":22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2E%2E", "..", ".", "%2e", "../..", "%2E%2E/%2E%2E"})
    void shouldNotTakeAKeyForAWayUp(String key) throws Exception {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.write("DELETE " + keys + "/" + key + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawHttp.Response response = raw.read();
            assertThat(response.body()).doesNotContain("SH_END").doesNotContain("KV_KEYS");
            assertThat(client.send("GET", "/v1/sessions/" + token, null).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%FF", "%ED%A0%80", "%"})
    void shouldRefuseKeysThatAreNotUtf8(String key) throws Exception {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.write("GET " + keys + "/" + key + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawHttp.Response response = raw.read();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).startsWith("""
                    {"ERR":{"st":13,""");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "01", "1.5", "18446744073709551616", "%31", "7,8", ""})
    void shouldRefuseTokensThatAreNone(String wrong) throws Exception {
        HttpResponse<String> response = client.send("GET", "/v1/sessions/" + wrong, null);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("""
                {"SH_INFO_RSP":{"st":101,"tkn":null,""");
    }

    @Test
    void shouldRefuseValuesThatAreNotJson() throws Exception {
        HttpResponse<String> response = client.send("PUT", keys + "/k", "1},\"tkn\":{");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("""
                                {"ERR":{"st":3,"m":"%s"}}""".formatted(Messages.notJson("unexpected text after the end", 1)));
        assertThat(client.send("PUT", keys + "/k", "").statusCode()).isEqualTo(400);
        assertThat(client.send("GET", keys, null).body()).contains("\"keys\":[]");
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void shouldAnswerHeadWithTheLengthAlone(HttpVersion version, Vertx vertx) throws Exception {
        client.send("PUT", keys + "/k", "[1,2,3]");
        io.vertx.core.http.HttpClient versioned = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));

        HttpClientResponse head = Await.result(versioned
                .request(HttpMethod.HEAD, server.port(), "127.0.0.1", keys + "/k")
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> {
                    assertThat(body.length()).isZero();
                    return response;
                })));
        assertThat(head.version()).isEqualTo(version);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.getHeader("Content-Length")).isEqualTo("7");
        assertThat(client.send("HEAD", keys + "/none", null).statusCode()).isEqualTo(404);
        assertThat(client.send("GET", keys + "/k", null).body()).isEqualTo("[1,2,3]");
        Await.result(versioned.close());
    }

    @Test
    void shouldNameTheMethods() throws Exception {
        HttpResponse<String> options = client.send("OPTIONS", keys + "/k", null);
        HttpResponse<String> wrong = client.send("POST", keys + "/k", "1");

        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, PATCH, DELETE, OPTIONS");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT, PATCH, DELETE, OPTIONS");
        assertThat(wrong.body()).startsWith("""
                {"ERR":{"st":10,""");
    }

    @Test
    void shouldAnswerUnknownPathsInJson() throws Exception {
        HttpResponse<String> response = client.send("GET", "/v2/commands", null);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("""
                {"ERR":{"st":10,""");
    }
}
