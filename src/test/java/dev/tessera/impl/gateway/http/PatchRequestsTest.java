package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.edit.EditMessages;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PATCH} of keys, on a real server. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class PatchRequestsTest {

    private static final String MERGE = "application/merge-patch+json";
    private static final String OPERATIONS = "application/json-patch+json";
    private static final String TYPES = MERGE + ", " + OPERATIONS;
    private static final int PAYLOAD_MAX = 4096;

    private static TestServer server;
    private static HttpClientOfTests client;

    private String token;
    private String key;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(
                vertx,
                Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.MAX_PAYLOAD_BYTES, PAYLOAD_MAX));
        client = new HttpClientOfTests(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createSession() throws Exception {
        token = client.newSession();
        key = "/v1/sessions/" + token + "/keys/k";
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldMergeAndCreate(HttpClient.Version version) throws Exception {
        HttpClientOfTests versioned = new HttpClientOfTests(server.port(), version);
        HttpResponse<String> created = versioned.send("PATCH", key, null, "Content-Type", MERGE);
        assertThat(created.statusCode()).isEqualTo(400);

        created = versioned.sendBytes("PATCH", key, MERGE, bytes("{\"a\":1.50,\"b\":null}"));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).isEqualTo("""
                {"KV_MERGE_RSP":{"tkn":%s,"keys":{"k":20}}}""".formatted(token));
        assertThat(tag(created)).isEqualTo(tag(client.send("GET", key, null)));

        HttpResponse<String> merged = versioned.sendBytes("PATCH", key + "?tkn=string", MERGE, bytes("{\"c\":[1]}"));
        assertThat(merged.statusCode()).isEqualTo(200);
        assertThat(merged.body()).isEqualTo("""
                {"KV_MERGE_RSP":{"tkn":"%s","keys":{"k":21}}}""".formatted(token));
        assertThat(tag(merged)).isEqualTo(tag(client.send("GET", key, null))).isNotEqualTo(tag(created));
        assertThat(value()).isEqualTo("{\"a\":1.50,\"c\":[1]}");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldApplyOperations(HttpClient.Version version) throws Exception {
        HttpClientOfTests versioned = new HttpClientOfTests(server.port(), version);
        client.send("PUT", key, "{\"a\":1.50,\"list\":[1]}");

        HttpResponse<String> patched = versioned.sendBytes("PATCH", key, OPERATIONS, bytes("""
                [{"op":"test","path":"/a","value":1.5},{"op":"add","path":"/list/-","value":2}]"""));

        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(patched.body()).isEqualTo("""
                {"KV_PATCH_RSP":{"tkn":%s,"st":1,"key":"k"}}""".formatted(token));
        assertThat(tag(patched)).isEqualTo(tag(client.send("GET", key, null)));
        assertThat(value()).isEqualTo("{\"a\":1.50,\"list\":[1,2]}");
    }

    @Test
    void shouldReportWhyOperationsFailAndChangeNothing() throws Exception {
        HttpResponse<String> absent = patch(OPERATIONS, "[]");
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(absent.body()).isEqualTo("""
                {"KV_PATCH_RSP":{"st":22,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.KEY_NOT_EXIST));

        String before = tag(client.send("PUT", key, "{\"a\":1}"));
        HttpResponse<String> noPlace = patch(OPERATIONS, """
                [{"op":"replace","path":"/a","value":2},{"op":"remove","path":"/b"}]""");
        assertThat(noPlace.statusCode()).isEqualTo(422);
        assertThat(noPlace.body())
                .isEqualTo("""
                {"KV_PATCH_RSP":{"st":5,"tkn":%s,"m":"%s","op":1}}""".formatted(token, Messages.cannotChange("k", EditMessages.noPlace(1, "/b"))));

        HttpResponse<String> conflict = patch(OPERATIONS, """
                [{"op":"replace","path":"/a","value":2},{"op":"test","path":"/a","value":1}]""");
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body())
                .isEqualTo("""
                {"KV_PATCH_RSP":{"st":206,"tkn":%s,"m":"%s","op":1}}""".formatted(token, Messages.cannotChange("k", EditMessages.testFailed(1, "/a"))));

        for (HttpResponse<String> response : List.of(absent, noPlace, conflict)) {
            assertThat(response.headers().firstValue("ETag")).isEmpty();
        }
        assertThat(tag(client.send("GET", key, null))).isEqualTo(before);
        assertThat(value()).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "1",
                "[1]",
                "[{}]",
                "[{\"op\":\"add\",\"path\":\"/a\"}]",
                "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]",
                "[{\"op\":\"double\",\"path\":\"/a\"}]",
                "null"
            })
    void shouldRefuseAMalformedPatch(String operations) throws Exception {
        client.send("PUT", key, "{\"a\":1}");

        HttpResponse<String> refused = patch(OPERATIONS, operations);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).startsWith("""
                {"KV_PATCH_RSP":{"st":41,"tkn":%s,"m":"parameter 'ops'""".formatted(token));
        assertThat(patch(OPERATIONS, operations, "If-Match", "*").statusCode()).isEqualTo(400);
        assertThat(value()).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nonsense", "{\"a\":1", "{} {}", "{}},\"x\":{", "[],\"if\":{}", "\"\\ud800\""})
    void shouldRefuseABodyThatIsNotJson(String body) throws Exception {
        client.send("PUT", key, "{}");
        for (String type : List.of(MERGE, OPERATIONS)) {
            HttpResponse<String> refused = patch(type, body);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).startsWith("""
                    {"ERR":{"st":3,"m":"not JSON:""");
        }
        HttpResponse<String> illFormed = client.sendBytes("PATCH", key, MERGE, new byte[] {'"', (byte) 0xC0, '"'});
        assertThat(illFormed.statusCode()).isEqualTo(400);
        assertThat(illFormed.body()).isEqualTo("""
                {"ERR":{"st":3,"m":"%s"}}""".formatted(Messages.NOT_UTF8));
        assertThat(value()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "null", "[{\"a\":null}]", "\"text\"", "true"})
    void shouldReplaceTheValueByAMergePatchThatIsNoObject(String patch) throws Exception {
        assertThat(patch(MERGE, patch).statusCode()).isEqualTo(201);
        assertThat(value()).isEqualTo(patch);
        assertThat(patch(MERGE, "{\"a\":1}").statusCode()).isEqualTo(200);
        assertThat(value()).isEqualTo("{\"a\":1}");
        assertThat(patch(MERGE, patch).statusCode()).isEqualTo(200);
        assertThat(value()).isEqualTo(patch);
    }

    // Content types

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/merge-patch+json; charset=utf-8",
                "Application/Merge-Patch+JSON ;charset=\"UTF-8\"",
                "application/merge-patch+json;charset=utf8; x=y"
            })
    void shouldAcceptParametersOfATypeOfPatches(String type) throws Exception {
        assertThat(patch(type, "{}").statusCode()).isEqualTo(201);
        assertThat(patch(type.replace("erge", "ERGE"), "{}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "application/merge-patch",
                "application/json-patch+json2",
                "application/x-www-form-urlencoded",
                ";",
                ""
            })
    void shouldNameTheTypesOfPatchesIfItRefusesAnother(String type) throws Exception {
        client.send("PUT", key, "{}");

        RawHttp.Response refused = raw(type.isEmpty() ? "" : "Content-Type: " + type + "\r\n", "{}");

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.head()).contains("accept-patch: " + TYPES + "\r\n");
        assertThat(refused.body()).isEqualTo("""
                {"ERR":{"st":2,"m":"%s"}}""".formatted(HttpMessages.NOT_PATCH_TYPE));
    }

    @Test
    void shouldRefuseOtherCharsetsAndEncodings() throws Exception {
        RawHttp.Response latin = raw("Content-Type: " + MERGE + "; charset=latin1\r\n", "{}");
        RawHttp.Response packed = raw("Content-Type: " + MERGE + "\r\nContent-Encoding: gzip\r\n", "{}");

        assertThat(latin.body()).isEqualTo("""
                {"ERR":{"st":2,"m":"%s"}}""".formatted(HttpMessages.otherCharset("latin1")));
        assertThat(packed.body()).isEqualTo("""
                {"ERR":{"st":2,"m":"%s"}}""".formatted(HttpMessages.CONTENT_ENCODED));
        assertThat(List.of(latin, packed)).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(415);
            assertThat(refused.head()).contains("accept-patch: " + TYPES + "\r\n");
        });
    }

    @Test
    void shouldAcceptPatchesForKeysAlone() throws Exception {
        HttpResponse<String> options = client.send("OPTIONS", key, null);

        assertThat(options.headers().firstValue("Accept-Patch")).hasValue(TYPES);
        assertThat(options.headers().firstValue("Allow").orElseThrow()).contains("PATCH");
        for (String path : List.of("/v1/commands", "/v1/sessions", "/v1/sessions/" + token, "/openapi.json")) {
            assertThat(client.send("OPTIONS", path, null).headers().firstValue("Accept-Patch"))
                    .isEmpty();
            assertThat(client.sendBytes("PATCH", path, MERGE, bytes("{}")).statusCode())
                    .isEqualTo(405);
        }
        assertThat(client.sendBytes("PUT", key, MERGE, bytes("{}")))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(415))
                .satisfies(refused ->
                        assertThat(refused.headers().firstValue("Accept-Patch")).isEmpty());
    }

    // Limits

    @Test
    void shouldRefuseALargePatchAndALargeResult() throws Exception {
        String half = "\"" + "x".repeat(PAYLOAD_MAX / 2) + "\"";
        assertThat(patch(MERGE, " ".repeat(PAYLOAD_MAX) + "1").statusCode()).isEqualTo(413);
        assertThat(patch(MERGE, "{\"a\":%s}".formatted(half)).statusCode()).isEqualTo(201);

        HttpResponse<String> merged = patch(MERGE, "{\"b\":%s}".formatted(half));
        HttpResponse<String> patched = patch(OPERATIONS, """
                [{"op":"add","path":"/b","value":%s}]""".formatted(half));
        HttpResponse<String> copied = patch(OPERATIONS, """
                [{"op":"copy","path":"/b","from":"/a"}]""");

        for (HttpResponse<String> refused : List.of(merged, patched, copied)) {
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("\"st\":202,");
        }
        assertThat(value()).isEqualTo("{\"a\":%s}".formatted(half));
    }

    @Test
    void shouldAnswer404ForAnUnknownSessionAnd400ForNoToken() throws Exception {
        for (String type : List.of(MERGE, OPERATIONS)) {
            for (String[] headers : new String[][] {{}, {"If-Match", "*"}, {"If-Match", "\"1\",\"2\""}}) {
                assertThat(send("/v1/sessions/7/keys/k", type, "[]", headers).statusCode())
                        .isEqualTo(404);
                assertThat(send("/v1/sessions/none/keys/k", type, "[]", headers).statusCode())
                        .isEqualTo(400);
            }
        }
    }

    // Conditions

    @Test
    void shouldPatchOnlyAKeyWithATagInTheList() throws Exception {
        String first = tag(client.send("PUT", key, "{\"a\":1}"));
        String second = tag(patch(MERGE, "{\"a\":2}", "If-Match", "\"7\", W/\"8\", " + first));
        String third = tag(patch(OPERATIONS, """
                [{"op":"add","path":"/b","value":3}]""", "If-Match", first, "If-Match", second));

        for (String tags : List.of(first, second, "\"1\"," + first, "W/" + third, "\"0\"", "none", "\"x\"", "")) {
            assertThat(patch(MERGE, "{\"a\":9}", "If-Match", tags).statusCode()).isEqualTo(412);
            assertThat(patch(OPERATIONS, "[]", "If-Match", tags).statusCode()).isEqualTo(412);
        }
        assertThat(patch(MERGE, "{\"a\":9}", "If-Match", second).body())
                .isEqualTo("""
                {"KV_MERGE_RSP":{"st":206,"tkn":%s,"m":"%s","revs":{"k":%s}}}""".formatted(token, Messages.CONFLICT, third.replace("\"", "")));
        assertThat(value()).isEqualTo("{\"a\":2,\"b\":3}");
        assertThat(tag(client.send("GET", key, null))).isEqualTo(third);
        assertThat(send(key + "2", MERGE, "{}", "If-Match", third).statusCode()).isEqualTo(412);
        assertThat(send(key + "2", OPERATIONS, "[]", "If-Match", third).statusCode())
                .isEqualTo(412);
    }

    /** Both are 206 in the protocol. */
    @Test
    void shouldDistinguishAFailedTestFromAFailedCondition() throws Exception {
        String tag = tag(client.send("PUT", key, "{\"revs\":1}"));
        String test = """
                [{"op":"test","path":"/revs","value":2}]""";

        assertThat(patch(OPERATIONS, test, "If-Match", tag).statusCode()).isEqualTo(409);
        assertThat(patch(OPERATIONS, test, "If-Match", "\"1\"," + tag).statusCode())
                .isEqualTo(409);
        assertThat(patch(OPERATIONS, test, "If-Match", "*").statusCode()).isEqualTo(409);
        assertThat(patch(OPERATIONS, test, "If-Match", "\"1\"").statusCode()).isEqualTo(412);
    }

    @Test
    void shouldPatchOnlyAKeyThatExistsIfAsked() throws Exception {
        assertThat(patch(OPERATIONS, "[]", "If-Match", "*").statusCode()).isEqualTo(412);
        HttpResponse<String> refused = patch(MERGE, "{\"a\":1}", "If-Match", "*");
        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body()).isEqualTo("""
                {"KV_MERGE_RSP":{"st":206,"tkn":%s,"m":"%s","revs":{"k":0}}}""".formatted(token, Messages.CONFLICT));
        assertThat(client.send("GET", key, null).statusCode()).isEqualTo(404);

        client.send("PUT", key, "{\"a\":1}");
        HttpResponse<String> merged = patch(MERGE, "{\"b\":2}", "If-Match", "*");
        assertThat(merged.statusCode()).isEqualTo(200);
        assertThat(merged.body()).isEqualTo("""
                {"KV_MERGE_RSP":{"tkn":%s,"keys":{"k":21}}}""".formatted(token));
        assertThat(tag(merged)).isEqualTo(tag(client.send("GET", key, null)));
        assertThat(patch(OPERATIONS, """
                [{"op":"remove","path":"/a"}]""", "If-Match", "*").statusCode()).isEqualTo(200);
        assertThat(value()).isEqualTo("{\"b\":2}");
    }

    @Test
    void shouldPatchOnlyAKeyThatDoesNotExistIfAsked() throws Exception {
        assertThat(patch(OPERATIONS, "[]", "If-None-Match", "*").statusCode()).isEqualTo(404);
        assertThat(patch(MERGE, "{\"a\":1}", "If-None-Match", "*").statusCode()).isEqualTo(201);
        assertThat(patch(MERGE, "{\"a\":2}", "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(patch(OPERATIONS, "[]", "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(patch(MERGE, "{\"a\":2}", "If-None-Match", "*", "If-Match", "*")
                        .statusCode())
                .isEqualTo(412);
        assertThat(value()).isEqualTo("{\"a\":1}");
    }

    /** The session's revision is not the key's, if the patch has changed nothing. */
    @Test
    void shouldTagNoPatchThatChangesNothing() throws Exception {
        String tag = tag(client.send("PUT", key, "{\"a\":1}"));
        client.send("PUT", key + "2", "1");

        for (HttpResponse<String> unchanged : List.of(
                patch(MERGE, "{}"),
                patch(MERGE, "{}", "If-Match", "*"),
                patch(MERGE, "{\"b\":null}", "If-Match", tag),
                patch(OPERATIONS, "[]"),
                patch(OPERATIONS, """
                        [{"op":"test","path":"/a","value":1}]""", "If-Match", tag))) {
            assertThat(unchanged.statusCode()).isEqualTo(200);
            assertThat(unchanged.headers().firstValue("ETag")).isEmpty();
            assertThat(unchanged.body()).doesNotContain("rev");
        }
        assertThat(tag(client.send("GET", key, null))).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tkn", "rev", "revs", "", "%22%5C%0A", "7%7D%7D", "a/b", "%F0%9F%98%80"})
    void shouldPatchKeysOfEveryName(String name) throws Exception {
        String path = "/v1/sessions/" + token + "/keys/" + name;
        String created = tag(send(path, MERGE, "{\"rev\":7}"));
        String changed = tag(send(path, OPERATIONS, """
                [{"op":"add","path":"/revs","value":{"k":7}}]""", "If-Match", "\"7\"," + created));

        assertThat(send(path, MERGE, "{}", "If-Match", created).statusCode()).isEqualTo(412);
        HttpResponse<String> read = client.send("GET", path, null);
        assertThat(tag(read)).isEqualTo(changed);
        assertThat(read.body()).isEqualTo("{\"rev\":7,\"revs\":{\"k\":7}}");
    }

    // Time to live

    /** The clock of the server stands still. */
    @Test
    void shouldKeepTheTimeToLiveUnlessThePatchHasOne() throws Exception {
        client.send("PUT", key + "?ttl=60", "{}");
        patch(MERGE, "{\"a\":1}");
        assertThat(secondsLeft()).isEqualTo("60");
        patch(OPERATIONS, """
                [{"op":"remove","path":"/a"}]""");
        assertThat(secondsLeft()).isEqualTo("60");
        String tag = tag(send(key + "?ttl=7", MERGE, "{\"b\":1}"));
        assertThat(secondsLeft()).isEqualTo("7");
        send(key + "?ttl=0.5&tkn=string", OPERATIONS, "[]", "If-Match", tag);
        assertThat(secondsLeft()).isEqualTo("1");
        send(key + "?ttl=0", MERGE, "{}", "If-Match", "*");
        assertThat(secondsLeft()).isEqualTo("0");
        for (String wrong : List.of("-1", "keep", "", "05", "5.", "1,%22if%22:%7B%7D")) {
            for (String type : List.of(MERGE, OPERATIONS)) {
                assertThat(send(key + "?ttl=" + wrong, type, "[]").statusCode()).isEqualTo(400);
            }
        }
        assertThat(value()).isEqualTo("{\"b\":1}");
    }

    // Concurrency

    /** Merges into a key that must exist lose no change, and never report another one as a missing key. */
    @ParameterizedTest
    @ValueSource(strings = {"", "If-Match"})
    void shouldLoseNoChangeOfManyClients(String condition) throws Exception {
        client.send("PUT", key, "{}");
        int clients = 4;
        int changesEach = 25;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String prefix = "c" + i + "-";
                done.add(threads.submit(() -> {
                    for (int changes = 0; changes < changesEach; ) {
                        String body = "{\"%s%d\":1}".formatted(prefix, changes);
                        int status = (condition.isEmpty() ? patch(MERGE, body) : patch(MERGE, body, condition, "*"))
                                .statusCode();
                        assertThat(status).isIn(200, 409);
                        changes += status == 200 ? 1 : 0;
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(value().split(",")).hasSize(clients * changesEach);
    }

    private HttpResponse<String> patch(String type, String body, String... headers) throws Exception {
        return send(key, type, body, headers);
    }

    private static HttpResponse<String> send(String path, String type, String body, String... headers)
            throws Exception {
        return client.sendBytes("PATCH", path, type, bytes(body), headers);
    }

    private RawHttp.Response raw(String headerLines, String body) throws Exception {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.write("PATCH %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s"
                    .formatted(key, headerLines, body.length(), body));
            return raw.read();
        }
    }

    private String value() throws Exception {
        return client.send("GET", key, null).body();
    }

    private String secondsLeft() throws Exception {
        return client.command("""
                {"KV_TTL":{"tkn":%s,"keys":["k"]}}""".formatted(token)).body().replaceAll(".*\"k\":(\\w+).*", "$1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String tag(HttpResponse<String> response) {
        Optional<String> tag = response.headers().firstValue("ETag");
        return tag.orElseThrow(() -> new AssertionError("no tag in " + response + " " + response.body()));
    }
}
