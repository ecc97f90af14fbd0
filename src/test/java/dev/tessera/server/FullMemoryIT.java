package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a small heap, which clients fill again and again, while another client is served. */
@Tag(Layer.PROCESS)
@Timeout(300)
class FullMemoryIT {

    private static final String SMALL_HEAP = "-Xmx128m";
    private static final int ROUNDS = 10;
    private static final int SESSIONS_PER_REQUEST = 1000;
    private static final String[] LARGE_VALUES = {"\"" + "v".repeat(900) + "\"", "\"" + "v".repeat(9000) + "\""};
    /** More than half a region of the garbage collector. */
    private static final String HUGE_VALUE = "\"" + "v".repeat(530_000) + "\"";

    private static final String SMALL_VALUE = "1";

    private final HttpClient http = HttpClient.newHttpClient();
    private ServerProcess server;
    private TextSocket filler;
    private TextSocket other;
    private String otherToken;

    @Test
    void shouldServeOthersWhileItIsFull() throws Exception {
        try (ServerProcess started =
                ServerProcess.command().jvm(SMALL_HEAP).start().awaitReady()) {
            connect(started);
            for (int round = 0; round < ROUNDS; round++) {
                String token = filler.newSession();
                String rest = filler.newSession();
                long keys = round < 3
                        ? fillWithKeys(token, 1000, SMALL_VALUE)
                        : fillWithKeys(token, 100, LARGE_VALUES[round % 2]);
                // A table of keys that cannot double leaves room for others.
                fillWithKeys(rest, 1, HUGE_VALUE);
                assertServesOther();
                assertThat(count(token))
                        .as("acknowledged keys of round %d", round)
                        .isEqualTo(keys);
                for (String full : List.of(token, rest)) {
                    assertThat(filler.ask("{\"SH_END\":{\"tkn\":" + full + "}}"))
                            .contains("\"st\":1,");
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                long sessions = fillWithSessions();
                assertServesOther();
                assertThat(filler.ask("{\"SH_INFO_ALL\":{}}")).contains("\"totalSessions\":" + (sessions + 1) + ",");
                assertThat(filler.ask("{\"SH_END_ALL\":{}}")).contains("\"cnt\":" + (sessions + 1));
                otherToken = other.newSession();
            }
            assertThat(MetricsPage.of(server.managementPort()).value("tessera_memory_refused_total"))
                    .isGreaterThanOrEqualTo(2 * ROUNDS);
        }
    }

    @Test
    void shouldServeOthersWhileItIsFullOfHugeValues() throws Exception {
        try (ServerProcess started =
                ServerProcess.command().jvm(SMALL_HEAP).start().awaitReady()) {
            connect(started);
            for (int round = 0; round < 3; round++) {
                String token = filler.newSession();
                long keys = fillWithKeys(token, 1, HUGE_VALUE);
                assertServesOther();
                assertThat(count(token))
                        .as("acknowledged keys of round %d", round)
                        .isEqualTo(keys);
                assertThat(filler.ask("{\"SH_END\":{\"tkn\":" + token + "}}")).contains("\"st\":1,");
            }
        }
    }

    @Test
    void shouldFindEverythingAgainAfterItWasKilledWhenFull(@TempDir Path data) throws Exception {
        String token;
        long keys;
        try (ServerProcess started = startWithJournal(data)) {
            connect(started);
            token = filler.newSession();
            keys = fillWithKeys(token, 100, LARGE_VALUES[0]);
            assertServesOther();
            started.kill();
        }
        try (ServerProcess started = startWithJournal(data)) {
            connect(started);
            assertThat(count(token)).isEqualTo(keys);
        }
    }

    private static ServerProcess startWithJournal(Path data) throws Exception {
        return ServerProcess.command("--data-dir", data.toString(), "--journal", "always")
                .jvm(SMALL_HEAP)
                .start()
                .awaitReady();
    }

    private void connect(ServerProcess started) throws Exception {
        server = started;
        filler = TextSocket.connect(started.port());
        other = TextSocket.connect(started.port());
        otherToken = other.newSession();
    }

    /** Asserts that another client reads and removes, and that operators learn of the state. */
    private void assertServesOther() throws Exception {
        assertThat(other.ask("{\"KV_GET\":{\"tkn\":" + otherToken + ",\"keys\":[\"a\"]}}"))
                .contains("\"a\":null");
        assertThat(other.ask("{\"KV_RMV\":{\"tkn\":" + otherToken + ",\"keys\":[\"a\"]}}"))
                .contains("\"a\":22");
        assertThat(other.ask(
                        "{\"KV_SET\":{\"tkn\":" + otherToken + ",\"keys\":{\"a\":\"" + "v".repeat(900_000) + "\"}}}"))
                .contains("\"st\":205,");
        assertThat(Http.get(server.managementPort(), "/livez").statusCode()).isEqualTo(200);
        assertThat(Http.get(server.managementPort(), "/readyz").body()).contains("\"ready\"", "\"memory\":\"");
    }

    private long count(String token) throws Exception {
        String answer = filler.ask("{\"KV_COUNT\":{\"tkn\":" + token + "}}");
        return Long.parseLong(answer.replaceAll(".*\"cnt\":(\\d+).*", "$1"));
    }

    /** Stores keys until the server refuses them. Returns how many it acknowledged. */
    private long fillWithKeys(String token, int keysPerCommand, String value) throws Exception {
        for (long stored = 0; ; stored += keysPerCommand) {
            StringBuilder keys = new StringBuilder();
            for (int i = 0; i < keysPerCommand; i++) {
                keys.append(i == 0 ? "" : ",")
                        .append('"')
                        .append(stored + i)
                        .append("\":")
                        .append(value);
            }
            if (filler.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{" + keys + "}}}")
                    .contains("\"st\":205,")) {
                return stored;
            }
        }
    }

    /** Makes sessions until the server refuses one. Returns how many it acknowledged. */
    private long fillWithSessions() throws Exception {
        String commands = "["
                + String.join(",", Collections.nCopies(SESSIONS_PER_REQUEST, "{\"SH_NEW\":{\"name\":\"s\"}}")) + "]";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/commands"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(commands))
                .build();
        for (long made = 0; ; made += SESSIONS_PER_REQUEST) {
            String answers = http.send(request, BodyHandlers.ofString()).body();
            if (answers.contains("\"st\":205,")) {
                return made + answers.split("\"st\":1,", -1).length - 1;
            }
        }
    }
}
