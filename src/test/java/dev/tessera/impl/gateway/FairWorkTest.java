package dev.tessera.impl.gateway;

import static dev.tessera.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.http.RawHttp;
import dev.tessera.impl.work.SlowWork;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.event.Level;

/** Clients with much slow work beside a client with little, over real sockets. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class FairWorkTest {

    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;
    private static final int HEALTHY_COMMANDS = 20;
    private static final int NESTED_LEVELS = 480;
    private static final String COSTLY_PATH = "$..*..*..*..*..*..*";

    private final Configuration configuration =
            Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.SEARCH_SLOW, Duration.ofMinutes(1));

    /** A client that sends commands at once and counts the answers. */
    private static final class Attacker implements AutoCloseable {

        private final RawSocket socket;
        private final AtomicInteger answers = new AtomicInteger();

        Attacker(TestServer server) throws IOException {
            this(server, "127.0.0.1");
        }

        Attacker(TestServer server, String from) throws IOException {
            socket = RawSocket.open(server.port(), RECEIVE_BUFFER_BYTES, from);
        }

        void attack(int times, String command) throws IOException {
            socket.sendTimes(times, text(command));
            Thread reader = new Thread(() -> {
                try {
                    while (socket.readFrameOrNull() != null) {
                        answers.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            reader.setDaemon(true);
            reader.start();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void shouldAnswerOthersWhileAClientUpdates(Vertx vertx) throws Exception {
        int updates = 1020;
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket healthy = server.connect()) {
            String token = healthy.newSession();
            set(healthy, token, "k", "1");
            String attacked = healthy.newSession();
            set(healthy, attacked, "v", "[\"" + "a".repeat(1_000_000) + "\"]");
            try (Attacker attacker = new Attacker(server)) {
                attacker.attack(updates, update(attacked, "$[?match(@,'(a*)*c')]"));
                awaitSearches(server, true);
                for (int i = 0; i < HEALTHY_COMMANDS; i++) {
                    assertThat(healthy.ask(get(token, "k"))).endsWith("{\"k\":1}}}");
                    assertThat(healthy.ask(get(attacked, "other"))).endsWith("{\"other\":null}}}");
                    assertThat(Http.get(server.server().managementPort(), "/livez")
                                    .statusCode())
                            .isEqualTo(200);
                }
                assertThat(attacker.answers.get())
                        .as("updates of the attacker that were answered before")
                        .isLessThan(updates);
            }
            awaitSearches(server, false);
            assertThat(healthy.ask(get(token, "k"))).endsWith("{\"k\":1}}}");
        }
    }

    @Test
    void shouldAnswerASearchBeforeTheManyOfOthersAndEndThoseOfClientsThatLeft(Vertx vertx) throws Exception {
        int searches = 40;
        List<Attacker> attackers = new ArrayList<>();
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket healthy = server.connect()) {
            String token = healthy.newSession();
            set(healthy, token, "k", "{\"x\":1}");
            String attacked = healthy.newSession();
            set(healthy, attacked, "v", "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS));
            for (int i = 0; i < 3; i++) {
                Attacker attacker = new Attacker(server);
                attackers.add(attacker);
                attacker.attack(searches, find(attacked, "paths", COSTLY_PATH));
            }
            awaitSearches(server, true);
            assertThat(healthy.ask(find(token, "keys", "$.x"))).endsWith("\"keys\":[\"k\"]}}");
            assertThat(MetricsPage.of(server.server().managementPort()).value("tessera_searches_waiting"))
                    .as("searches of the attackers that still wait")
                    .isPositive();
            attackers.forEach(Attacker::close);
            awaitSearches(server, false);
            assertThat(attackers.stream()
                            .mapToInt(attacker -> attacker.answers.get())
                            .sum())
                    .as("searches of the attackers that were answered")
                    .isLessThan(3 * searches);
        } finally {
            attackers.forEach(Attacker::close);
        }
    }

    /** A client with many connections gets no more turns than one with one connection from another address. */
    @Test
    void shouldAnswerASearchBeforeThoseOfTheManyConnectionsOfAnotherAddress(Vertx vertx) throws Exception {
        int connections = 60;
        Configuration oneWorker = configuration
                .with(Settings.SEARCH_THREADS, 1)
                .with(Settings.SEARCH_TIMEOUT, Duration.ofMillis(200))
                .with(Settings.SEARCH_MAX_RESULTS, 100_000_000);
        List<Attacker> attackers = new ArrayList<>();
        try (TestServer server = TestServer.start(vertx, oneWorker);
                TextSocket healthy = server.connect()) {
            String token = healthy.newSession();
            set(healthy, token, "k", "{\"x\":1}");
            String attacked = healthy.newSession();
            set(healthy, attacked, "v", "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS));
            for (int i = 0; i < connections; i++) {
                Attacker attacker = new Attacker(server, "127.0.0.2");
                attackers.add(attacker);
                attacker.attack(1, find(attacked, "keys", COSTLY_PATH + "[?@ == 1]"));
            }
            awaitWaiting(server, connections / 2);
            double waiting = waiting(server);
            assertThat(healthy.ask(find(token, "keys", "$.x"))).endsWith("\"keys\":[\"k\"]}}");
            assertThat(waiting - waiting(server))
                    .as("searches of the attackers that ran before")
                    .isLessThan(connections / 4.0);
            attackers.forEach(Attacker::close);
            awaitSearches(server, false);
        } finally {
            attackers.forEach(Attacker::close);
        }
    }

    @Test
    void shouldEndTheSearchesOfAnHttpClientThatLeft(Vertx vertx) throws Exception {
        Configuration patient = configuration
                .with(Settings.SEARCH_TIMEOUT, Duration.ofMinutes(10))
                .with(Settings.SEARCH_MAX_RESULTS, 100_000_000);
        try (TestServer server = TestServer.start(vertx, patient);
                TextSocket socket = server.connect()) {
            String token = socket.newSession();
            set(socket, token, "v", "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS));
            String search = find(token, "keys", COSTLY_PATH + "[?@ == 1]");
            try (RawHttp client = new RawHttp(server.port())) {
                client.write("POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + search.length() + "\r\n\r\n" + search);
                awaitSearches(server, true);
            }
            awaitSearches(server, false);
        }
    }

    @Test
    void shouldAnswerAnHttpClientWhoseSearchTakesLongerThanTheIdleTimeout(Vertx vertx) throws Exception {
        Configuration impatient = configuration
                .with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofMillis(200))
                .with(Settings.SEARCH_TIMEOUT, Duration.ofSeconds(2))
                .with(Settings.SEARCH_MAX_RESULTS, 100_000_000);
        try (TestServer server = TestServer.start(vertx, impatient);
                TextSocket socket = server.connect()) {
            String token = socket.newSession();
            set(socket, token, "v", "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS));
            try (RawHttp client = new RawHttp(server.port())) {
                client.write(RawHttp.post(find(token, "keys", COSTLY_PATH + "[?@ == 1]")));

                assertThat(client.read().body()).startsWith("{\"KV_FIND_RSP\"");
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void shouldListTheKeysOfALargeSessionInOrder(Vertx vertx) throws Exception {
        shouldListTheKeysOfALargeSession(vertx, configuration, true);
    }

    @Test
    void shouldListManyGlobalKeys(Vertx vertx) throws Exception {
        shouldListTheKeysOfALargeSession(vertx, configuration.with(Settings.SESSIONS_ENABLED, false), false);
    }

    /** Lists more keys than the event loop writes itself. */
    private static void shouldListTheKeysOfALargeSession(Vertx vertx, Configuration configuration, boolean sessions)
            throws Exception {
        List<String> names =
                IntStream.range(0, 30_000).mapToObj(i -> "\"k" + i + "\"").toList();
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            String tkn = sessions ? "\"tkn\":" + socket.newSession() : "";
            String entries = names.stream().map(name -> name + ":0").collect(Collectors.joining(","));
            socket.ask("{\"KV_SET\":{" + tkn + (sessions ? "," : "") + "\"keys\":{" + entries + "}}}");
            socket.send("{\"KV_KEYS\":{" + tkn + "}}");
            socket.send("{\"KV_CLEAR\":{" + tkn + "}}");

            String answer = socket.receive();
            String listed = answer.substring(answer.indexOf('[') + 1, answer.indexOf(']'));
            if (sessions) {
                assertThat(listed).isEqualTo(String.join(",", names));
            } else {
                assertThat(Set.of(listed.split(","))).isEqualTo(Set.copyOf(names));
            }
            assertThat(socket.receive()).contains("\"cnt\":30000");
        }
    }

    @Test
    void shouldKeepTheOrderOfAClientWhoseUpdateIsSlow(Vertx vertx) throws Exception {
        Configuration patient = configuration.with(Settings.UPDATE_TIMEOUT, Duration.ofSeconds(10));
        try (TestServer server = TestServer.start(vertx, patient);
                TextSocket socket = server.connect()) {
            String token = socket.newSession();
            String numbers = "1,".repeat(200_000) + "2";
            set(socket, token, "v", "[" + numbers + "]");
            for (int i = 0; i < 5; i++) {
                socket.send(update(token, "$[?@ == 2 && match('" + "a".repeat(20) + "','(a|b)*')]"));
                socket.send(get(token, "none"));
                socket.send("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"v\":[2," + i + "]}}}");
                socket.send(get(token, "v"));
                socket.send("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"v\":[" + numbers + "]}}}");
            }
            for (int i = 0; i < 5; i++) {
                assertThat(socket.receive()).startsWith("{\"KV_UPDATE_RSP\"").contains("\"st\":1,", "\"cnt\":1");
                assertThat(socket.receive()).startsWith("{\"KV_GET_RSP\"");
                assertThat(socket.receive()).startsWith("{\"KV_SET_RSP\"");
                assertThat(socket.receive()).endsWith("{\"v\":[2," + i + "]}}}");
                assertThat(socket.receive()).startsWith("{\"KV_SET_RSP\"");
            }
        }
    }

    @Test
    @ExpectLog(from = SlowWork.class, level = Level.WARN, message = "A KV_FIND ran for \\d+ ms; search.slowMs is 10")
    void shouldReportSlowSearches(Vertx vertx) throws Exception {
        Configuration impatient = configuration
                .with(Settings.SEARCH_SLOW, Duration.ofMillis(10))
                .with(Settings.SEARCH_MAX_RESULTS, 100_000_000);
        try (TestServer server = TestServer.start(vertx, impatient);
                TextSocket socket = server.connect()) {
            String token = socket.newSession();
            set(socket, token, "v", "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS));
            assertThat(socket.ask(find(token, "keys", COSTLY_PATH + "[?@ == 1]")))
                    .contains("\"st\":203");
            assertThat(MetricsPage.of(server.server().managementPort()).value("tessera_searches_slow_total"))
                    .isEqualTo(1);
        }
    }

    /** Waits until searches wait, or until no search waits or runs. */
    private static void awaitSearches(TestServer server, boolean any) throws Exception {
        for (int i = 0; anySearch(server) != any; i++) {
            assertThat(i).as("waits until any search waits or runs: " + any).isLessThan(6_000);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static void awaitWaiting(TestServer server, int count) throws Exception {
        for (int i = 0; waiting(server) < count; i++) {
            assertThat(i).as("waits until %d searches wait", count).isLessThan(6_000);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static double waiting(TestServer server) throws Exception {
        return MetricsPage.of(server.server().managementPort()).value("tessera_searches_waiting");
    }

    private static boolean anySearch(TestServer server) throws Exception {
        MetricsPage page = MetricsPage.of(server.server().managementPort());
        return page.value("tessera_searches_waiting") + page.value("tessera_searches_running") > 0;
    }

    private static void set(TextSocket socket, String token, String key, String value) throws Exception {
        assertThat(socket.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"" + key + "\":" + value + "}}}"))
                .startsWith("{\"KV_SET_RSP\"");
    }

    private static String get(String token, String key) {
        return "{\"KV_GET\":{\"tkn\":" + token + ",\"keys\":[\"" + key + "\"]}}";
    }

    private static String find(String token, String form, String path) {
        return "{\"KV_FIND\":{\"tkn\":" + token + ",\"rsp\":\"" + form + "\",\"path\":\"" + path + "\"}}";
    }

    private static String update(String token, String path) {
        return "{\"KV_UPDATE\":{\"tkn\":" + token + ",\"key\":\"v\",\"path\":\"" + path + "\",\"value\":0}}";
    }
}
