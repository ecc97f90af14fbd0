package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a real server: over sockets and HTTP, over restarts, and with pages that take several rounds. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ListTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** More keys than an owner visits in one round. */
    private static final int MANY = 60_000;

    @TempDir
    Path directory;

    private final Configuration configuration = Configuration.defaults()
            .with(Settings.EVENT_LOOPS, 2)
            .with(Settings.PARTITIONS, 7)
            .with(Settings.SEARCH_TIMEOUT, Duration.ofSeconds(60));

    /** A client that lists the keys of a session, or all keys. */
    private static final class Lister {

        private final TextSocket socket;
        private final String tkn;

        private Lister(TextSocket socket, boolean sessions) throws Exception {
            this.socket = socket;
            this.tkn = sessions ? "\"tkn\":" + socket.newSession() + "," : "";
        }

        private void set(int from, int to, String value) throws Exception {
            int step = Math.max(1, 40_000 / (value.length() + 10));
            for (int i = from; i < to; i += step) {
                socket.send("{\"KV_SETQ\":{" + tkn + "\"keys\":{"
                        + IntStream.range(i, Math.min(to, i + step))
                                .mapToObj(key -> "\"k" + key + "\":" + value)
                                .collect(Collectors.joining(","))
                        + "}}}");
            }
        }

        private JsonNode ask(String command, String parameters) throws Exception {
            String body = tkn + parameters;
            String answer = socket.ask("{\"" + command + "\":{"
                    + (body.endsWith(",") ? body.substring(0, body.length() - 1) : body) + "}}");
            return JSON.readTree(answer).get(command + "_RSP");
        }

        private JsonNode page(String parameters, JsonNode before) throws Exception {
            JsonNode page = ask(
                    "KV_LIST",
                    parameters
                            + (before == null
                                    ? ""
                                    : ",\"after\":\"" + before.get("next").textValue() + "\""));
            assertThat(page.get("st").intValue()).as(page.toString()).isEqualTo(1);
            return page;
        }

        private List<String> all(String parameters, JsonNode first) throws Exception {
            List<String> listed = new ArrayList<>();
            JsonNode page = first;
            do {
                page = page(parameters, page);
                page.get("keys").forEach(key -> listed.add(key.textValue()));
            } while (page.has("next"));
            return listed;
        }
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(key -> "k" + key).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoOnAfterARestart(boolean sessions, Vertx vertx) throws Exception {
        Configuration durable = configuration
                .with(Settings.SESSIONS_ENABLED, sessions)
                .with(Settings.JOURNAL, Optional.of(JournalMode.ALWAYS))
                .with(Settings.DATA_DIR, Optional.of(directory));
        List<String> listed = new ArrayList<>();
        JsonNode page;
        String tkn;
        try (TestServer server = TestServer.start(vertx, durable);
                TextSocket socket = server.connect()) {
            Lister lister = new Lister(socket, sessions);
            tkn = lister.tkn;
            lister.set(0, 3000, "1");
            page = lister.page("\"limit\":1000", null);
            page.get("keys").forEach(key -> listed.add(key.textValue()));
        }
        // Another number of loops, so that other stores have the partitions.
        try (TestServer server = TestServer.start(vertx, durable.with(Settings.EVENT_LOOPS, 1));
                TextSocket socket = server.connect()) {
            String after = ",\"after\":\"" + page.get("next").textValue() + "\"";
            do {
                page = JSON.readTree(socket.ask("{\"KV_LIST\":{" + tkn + "\"limit\":700" + after + "}}"))
                        .get("KV_LIST_RSP");
                page.get("keys").forEach(key -> listed.add(key.textValue()));
                after = page.has("next") ? ",\"after\":\"" + page.get("next").textValue() + "\"" : "";
            } while (!after.isEmpty());
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(keys(3000));
    }

    /** The commands of a connection take effect in order, although the page takes several rounds. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepTheOrderOfAConnection(boolean sessions, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration.with(Settings.SESSIONS_ENABLED, sessions));
                TextSocket socket = server.connect()) {
            Lister lister = new Lister(socket, sessions);
            lister.set(0, MANY, "1");
            String end = lister.tkn.isEmpty() ? "" : lister.tkn.substring(0, lister.tkn.length() - 1);
            socket.send("{\"KV_SETQ\":{" + lister.tkn + "\"keys\":{\"rare\":1}}}");
            socket.send("{\"KV_LIST\":{" + lister.tkn + "\"prefix\":\"rare\"}}");
            socket.send("{\"KV_SETQ\":{" + lister.tkn + "\"keys\":{\"rarely\":1}}}");
            socket.send("{\"KV_RMV\":{" + lister.tkn + "\"keys\":[\"rare\"]}}");
            socket.send("{\"KV_LIST\":{" + lister.tkn + "\"prefix\":\"rare\"}}");
            socket.send("{\"KV_CLEAR\":{" + end + "}}");
            socket.send("{\"KV_LIST\":{" + lister.tkn + "\"prefix\":\"rare\"}}");

            assertThat(socket.receive()).contains("\"keys\":[\"rare\"]");
            assertThat(socket.receive()).contains("\"rare\":24");
            assertThat(socket.receive()).contains("\"keys\":[\"rarely\"]");
            assertThat(socket.receive()).contains("\"cnt\":" + (MANY + 1));
            assertThat(socket.receive()).contains("\"keys\":[]");
        }
    }

    /** Pages of large values end before they are too large, and each has at least one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAPageBeforeItIsTooLarge(boolean sessions, Vertx vertx) throws Exception {
        int replyBytesMax = 65_536 * 3;
        Configuration small = configuration
                .with(Settings.SESSIONS_ENABLED, sessions)
                .with(Settings.MAX_PAYLOAD_BYTES, 65_536)
                .with(Settings.MAX_REPLY_BYTES, replyBytesMax);
        String value = "\"" + "v".repeat(50_000) + "\"";
        try (TestServer server = TestServer.start(vertx, small);
                TextSocket socket = server.connect()) {
            Lister lister = new Lister(socket, sessions);
            lister.set(0, 20, value);
            List<String> listed = new ArrayList<>();
            JsonNode page = null;
            do {
                page = lister.page("\"rsp\":\"kv\"", page);
                assertThat(page.get("keys").size()).isBetween(1, 3);
                page.get("keys").fieldNames().forEachRemaining(listed::add);
                page.get("keys")
                        .forEach(
                                one -> assertThat("\"" + one.textValue() + "\"").isEqualTo(value));
            } while (page.has("next"));

            assertThat(listed).containsExactlyInAnyOrderElementsOf(keys(20));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndTheRoundsOfAClientThatLeaves(boolean sessions, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration.with(Settings.SESSIONS_ENABLED, sessions));
                TextSocket stays = server.connect()) {
            Lister lister = new Lister(stays, sessions);
            lister.set(0, MANY, "1");
            try (TextSocket leaves = server.connect()) {
                for (int i = 0; i < 50; i++) {
                    leaves.send("{\"KV_LIST\":{" + lister.tkn + "\"prefix\":\"rare\"}}");
                }
                leaves.send("{\"KV_SETQ\":{" + lister.tkn + "\"keys\":{\"last\":1}}}");
            }

            assertThat(lister.all("\"prefix\":\"k1\"", null)).hasSize(11_111);
        }
    }

    @Test
    void shouldNameTheNextPageOverHttp(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            String token = socket.newSession();
            socket.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"a b&c:1":1,"a b&c:2":2,"a b&c:3":3,"d":4}}}""".formatted(token));
            HttpClient client = HttpClient.newHttpClient();
            List<String> listed = new ArrayList<>();
            String path = "/v1/sessions/" + token + "/keys?tkn=string&limit=2&prefix=a+b%26c:";
            int pages = 0;
            while (path != null) {
                HttpResponse<String> response = get(client, server, path);
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                assertThat(response.body()).contains("\"tkn\":\"" + token + "\"");
                JSON.readTree(response.body())
                        .get("KV_LIST_RSP")
                        .get("keys")
                        .forEach(key -> listed.add(key.textValue()));
                path = response.headers()
                        .firstValue("Link")
                        .map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1"))
                        .orElse(null);
                pages++;
            }

            assertThat(listed).containsExactlyInAnyOrder("a b&c:1", "a b&c:2", "a b&c:3");
            assertThat(pages).isEqualTo(2);
            assertThat(get(client, server, "/v1/sessions/" + token + "/keys").body())
                    .startsWith("{\"KV_KEYS_RSP\"");
            for (String wrong : List.of("limit=0", "limit=x", "limit=", "after=", "after=x", "prefix=a&limit=1e2")) {
                HttpResponse<String> refused = get(client, server, "/v1/sessions/" + token + "/keys?" + wrong);
                assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
                assertThat(refused.body()).as(wrong).startsWith("{\"KV_LIST_RSP\":{\"st\":4");
            }
            assertThat(get(client, server, "/v1/sessions/7/keys?limit=1").statusCode())
                    .isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(HttpClient client, TestServer server, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
