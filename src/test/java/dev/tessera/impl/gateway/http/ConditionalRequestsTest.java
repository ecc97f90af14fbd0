package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
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

/** Entity tags of keys, and requests with conditions on them, on a real server. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ConditionalRequestsTest {

    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    private static TestServer server;
    private static HttpClientOfTests client;

    private String token;
    private String key;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 2));
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

    @Test
    void shouldTagEachChangeAndReadWithTheRevisionOfTheKey() throws Exception {
        String stored = tag(client.send("PUT", key, "1"));
        assertThat(stored).isEqualTo(revisionTag());
        assertThat(tag(client.send("GET", key, null))).isEqualTo(stored);

        String replaced = tag(client.send("PUT", key, "2"));
        assertThat(replaced).isEqualTo(revisionTag()).isNotEqualTo(stored);

        String updated = tag(client.send("PUT", key, "3", IF_MATCH, "*"));
        assertThat(updated).isEqualTo(revisionTag()).isNotEqualTo(replaced);

        String removed = tag(client.send("DELETE", key, null));
        assertThat(removed).isNotEqualTo(updated);

        String added = tag(client.send("PUT", key, "4", IF_NONE_MATCH, "*"));
        assertThat(added).isEqualTo(revisionTag()).isNotEqualTo(removed);
    }

    @Test
    void shouldReplyToChangesWithoutTheRevisionInTheBody() throws Exception {
        assertThat(client.send("PUT", key, "1").body()).isEqualTo("""
                {"KV_SET_RSP":{"tkn":%s,"keys":{"k":20}}}""".formatted(token));
        assertThat(client.send("PUT", key, "1", IF_NONE_MATCH, "*").body()).isEqualTo("""
                {"KV_ADD_RSP":{"tkn":%s,"keys":{"k":23}}}""".formatted(token));
        assertThat(client.send("PUT", key, "1", IF_MATCH, "*").body()).isEqualTo("""
                {"KV_UPDATE_RSP":{"tkn":%s,"st":1,"key":"k","cnt":1}}""".formatted(token));
        assertThat(client.send("PUT", key + "?tkn=string", "1", IF_MATCH, revisionTag())
                        .body())
                .isEqualTo("""
                {"KV_SET_RSP":{"tkn":"%s","keys":{"k":21}}}""".formatted(token));
    }

    @Test
    void shouldTagNothingThatWasNotChanged() throws Exception {
        client.send("PUT", key, "1");

        for (HttpResponse<String> response : List.of(
                client.send("PUT", key, "1", IF_NONE_MATCH, "*"),
                client.send("PUT", key + "2", "1", IF_MATCH, "*"),
                client.send("PUT", key, "1", IF_MATCH, "\"1\""),
                client.send("GET", key + "2", null),
                client.send("DELETE", key + "2", null),
                client.send("PUT", key, "nonsense"),
                client.send("GET", "/v1/sessions/" + token, null))) {
            assertThat(response.headers().firstValue("ETag")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldChangeOnlyAKeyWithATagInTheList(HttpClient.Version version) throws Exception {
        HttpClientOfTests versioned = new HttpClientOfTests(server.port(), version);
        String first = tag(versioned.send("PUT", key, "1"));
        HttpResponse<String> changed = versioned.send("PUT", key, "2", IF_MATCH, first);
        HttpResponse<String> refused = versioned.send("PUT", key, "3", IF_MATCH, first);

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body())
                .isEqualTo("""
                {"KV_SET_RSP":{"st":206,"tkn":%s,"m":"%s","revs":{"k":%s}}}""".formatted(token, Messages.CONFLICT, tag(changed).replace("\"", "")));
        assertThat(versioned.send("GET", key, null).body()).isEqualTo("2");
        assertThat(versioned.send("DELETE", key, null, IF_MATCH, first).statusCode())
                .isEqualTo(412);
        assertThat(versioned.send("DELETE", key, null, IF_MATCH, tag(changed)).statusCode())
                .isEqualTo(204);
        assertThat(versioned.send("PUT", key, "4", IF_MATCH, tag(changed)).statusCode())
                .isEqualTo(412);
        assertThat(versioned.send("DELETE", key, null, IF_MATCH, tag(changed)).statusCode())
                .isEqualTo(412);
    }

    @Test
    void shouldTryEveryTagOfAList() throws Exception {
        String now = tag(client.send("PUT", key, "1"));
        String later = "\"9007199254740991\"";

        now = tag(client.send("PUT", key, "2", IF_MATCH, "\"1\", W/\"2\", \"a,b\", " + now));
        now = tag(client.send("PUT", key, "3", IF_MATCH, now + ", " + later));
        now = tag(client.send("PUT", key, "4", IF_MATCH, "\"1\"", IF_MATCH, later + "," + now));
        assertThat(client.send("PUT", key, "5", IF_MATCH, "\"1\", \"2\", " + later)
                        .statusCode())
                .isEqualTo(412);
        assertThat(client.send("GET", key, null).body()).isEqualTo("4");
        assertThat(client.send("DELETE", key, null, IF_MATCH, "\"1\", " + now).statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "W/\"1\"", "\"x\"", "\"\"", "1", "none", "", "\"0\", W/\"7\""})
    void shouldRefuseTagsThatMatchNothing(String tags) throws Exception {
        String now = tag(client.send("PUT", key, "1"));

        for (String method : List.of("PUT", "DELETE")) {
            String body = method.equals("PUT") ? "2" : null;
            assertThat(client.send(method, key, body, IF_MATCH, tags).statusCode())
                    .isEqualTo(412);
            assertThat(client.send(method, key + "2", body, IF_MATCH, tags).statusCode())
                    .isEqualTo(412);
            assertThat(client.send(method, key, body, IF_MATCH, "W/" + now).statusCode())
                    .isEqualTo(412);
            assertThat(client.send(method, key, body, IF_MATCH, "*", IF_MATCH, now)
                            .statusCode())
                    .isEqualTo(412);
            assertThat(client.send(method, key, body, IF_MATCH, now, IF_NONE_MATCH, "*")
                            .statusCode())
                    .isEqualTo(412);
        }
        assertThat(client.send("GET", key, null).body()).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldNotReturnAValueThatTheClientHas(HttpClient.Version version) throws Exception {
        HttpClientOfTests versioned = new HttpClientOfTests(server.port(), version);
        String old = tag(versioned.send("PUT", key, "1"));
        String now = tag(versioned.send("PUT", key, "2"));

        for (String method : List.of("GET", "HEAD")) {
            for (String tags : List.of(now, "\"0\", " + old + ", " + now, "*")) {
                HttpResponse<String> same = versioned.send(method, key, null, IF_NONE_MATCH, tags);
                assertThat(same.statusCode()).isEqualTo(304);
                assertThat(same.body()).isEmpty();
                assertThat(tag(same)).isEqualTo(now);
            }
            for (String tags : List.of(old, "W/" + now, "\"0\"", "x", now.replace("\"", ""))) {
                HttpResponse<String> changed = versioned.send(method, key, null, IF_NONE_MATCH, tags);
                assertThat(changed.statusCode()).isEqualTo(200);
                assertThat(tag(changed)).isEqualTo(now);
            }
            assertThat(versioned
                            .send(method, key + "2", null, IF_NONE_MATCH, now)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void shouldReadOnlyAKeyWithATagInIfMatch() throws Exception {
        String old = tag(client.send("PUT", key, "1"));
        String now = tag(client.send("PUT", key, "2"));

        assertThat(client.send("GET", key, null, IF_MATCH, old + "," + now).body())
                .isEqualTo("2");
        assertThat(client.send("GET", key, null, IF_MATCH, "*").body()).isEqualTo("2");
        assertThat(client.send("GET", key, null, IF_MATCH, old).statusCode()).isEqualTo(412);
        assertThat(client.send("GET", key, null, IF_MATCH, "W/" + now).statusCode())
                .isEqualTo(412);
        assertThat(client.send("GET", key, null, IF_MATCH, old, IF_NONE_MATCH, now)
                        .statusCode())
                .isEqualTo(412);
        assertThat(client.send("GET", key, null, IF_MATCH, now, IF_NONE_MATCH, now)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void shouldIgnoreTagsInIfNoneMatchOfChanges() throws Exception {
        String now = tag(client.send("PUT", key, "1"));

        assertThat(client.send("PUT", key, "2", IF_NONE_MATCH, now).statusCode())
                .isEqualTo(200);
        assertThat(client.send("DELETE", key, null, IF_NONE_MATCH, "\"1\"").statusCode())
                .isEqualTo(204);
    }

    @Test
    void shouldRefuseTagsForEverythingButKeys() throws Exception {
        String now = tag(client.send("PUT", key, "1"));
        String session = "/v1/sessions/" + token;

        for (HttpResponse<String> refused : List.of(
                client.send("GET", session, null, IF_MATCH, now),
                client.send("GET", session + "/keys", null, IF_MATCH, now),
                client.send("DELETE", session, null, IF_MATCH, now),
                client.send("POST", "/v1/sessions", "{\"name\":\"n\"}", IF_MATCH, now),
                client.send("POST", "/v1/commands", """
                        {"KV_CLEAR":{"tkn":%s}}""".formatted(token), IF_MATCH, now))) {
            assertThat(refused.statusCode()).isEqualTo(412);
            assertThat(refused.body()).isEqualTo("""
                    {"ERR":{"st":13,"m":"%s"}}""".formatted(HttpMessages.PRECONDITION_FAILED.replace("\"", "\\\"")));
        }
        assertThat(client.send("GET", key, null).body()).isEqualTo("1");
    }

    @Test
    void shouldAnswer404ForAnUnknownSession() throws Exception {
        for (String method : List.of("PUT", "DELETE", "GET")) {
            String body = method.equals("PUT") ? "2" : null;
            assertThat(client.send(method, "/v1/sessions/7/keys/k", body, IF_MATCH, "\"1\", \"2\"")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void shouldAnswer409ToACommandWhoseConditionFails() throws Exception {
        HttpResponse<String> refused = client.command("""
                {"KV_SET":{"tkn":%s,"keys":{"k":1},"if":{"k":1}}}""".formatted(token));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo("""
                {"KV_SET_RSP":{"st":206,"tkn":%s,"m":"%s","revs":{"k":0}}}""".formatted(token, Messages.CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tkn", "rev", "revs", "rid", "", "%22%5C%0A", "7%7D%7D", "%F0%9F%98%80"})
    void shouldTagKeysOfEveryName(String name) throws Exception {
        String path = "/v1/sessions/" + token + "/keys/" + name;
        for (String value : List.of("7", "{\"a\":{\"rev\":7}}", "\"}}\"", "null", "[[7]]")) {
            String stored = tag(client.send("PUT", path, value));
            HttpResponse<String> read = client.send("GET", path, null);
            assertThat(read.body()).isEqualTo(value);
            assertThat(tag(read)).isEqualTo(stored);
            assertThat(client.send("PUT", path, "8", IF_MATCH, "\"7\"").statusCode())
                    .isEqualTo(412);
            String changed = tag(client.send("PUT", path, value, IF_MATCH, "\"7\"," + stored));
            assertThat(client.send("DELETE", path, null, IF_MATCH, stored).statusCode())
                    .isEqualTo(412);
            assertThat(client.send("DELETE", path, null, IF_MATCH, stored + changed)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(client.send("GET", path, null).statusCode()).isEqualTo(404);
        }
    }

    /** Clients that read, add one and store under the tag that they read lose no update. */
    @Test
    void shouldLoseNoUpdateOfManyClients() throws Exception {
        client.send("PUT", key, "0");
        int clients = 4;
        int changesEach = 25;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                done.add(threads.submit(() -> {
                    for (int changes = 0; changes < changesEach; ) {
                        HttpResponse<String> read = client.send("GET", key, null);
                        String next = Long.toString(Long.parseLong(read.body()) + 1);
                        String tags = "\"1\", " + tag(read);
                        int status =
                                client.send("PUT", key, next, IF_MATCH, tags).statusCode();
                        assertThat(status).isIn(200, 412);
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

        assertThat(client.send("GET", key, null).body()).isEqualTo(Integer.toString(clients * changesEach));
    }

    /** Returns the tag of the key, as the protocol tells its revision. */
    private String revisionTag() throws Exception {
        String reply = client.command("""
                {"KV_GET":{"tkn":%s,"keys":["k"],"revs":true}}""".formatted(token)).body();
        return reply.replaceAll(".*\"revs\":\\{\"k\":([0-9]+)}}}", "\"$1\"");
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow(() -> new AssertionError("no tag in " + response));
    }
}
