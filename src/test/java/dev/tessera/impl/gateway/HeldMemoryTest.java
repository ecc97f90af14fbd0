package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that searches and updates still read after they have gone. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class HeldMemoryTest {

    private static final int NESTED_LEVELS = 480;
    private static final String SLOW_PATH = "$[0]..*..*..*..*..*..*[?@ == 1]";
    private static final int LARGE = 400_000;
    private static final String SLOW_VALUE =
            "[" + "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS) + ",\"" + "x".repeat(LARGE) + "\"]";
    /** A value that fits only without the slow one. */
    private static final String REFILL = "\"" + "y".repeat(2 * LARGE) + "\"";

    private static final String FIND = """
            {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"%s"}}""";
    private static final String FIND_IN_KEYS = """
            {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"%s","keys":["v"]}}""";
    private static final String UPDATE = """
            {"KV_UPDATE":{"tkn":%s,"key":"v","path":"%s","value":0}}""";

    private final Configuration configuration = Configuration.defaults()
            .with(Settings.EVENT_LOOPS, 2)
            .with(Settings.MAX_DATA_BYTES, 1_100_000L)
            .with(Settings.SEARCH_SLOW, Duration.ofMinutes(1))
            .with(Settings.SEARCH_TIMEOUT, Duration.ofMinutes(10))
            .with(Settings.UPDATE_TIMEOUT, Duration.ofSeconds(10))
            .with(Settings.SEARCH_MAX_RESULTS, 100_000_000);

    @ParameterizedTest
    @ValueSource(strings = {FIND, FIND_IN_KEYS, UPDATE})
    void shouldCountTheValuesOfAnEndedSessionUntilTheirSearchEnds(String search, Vertx vertx) throws Exception {
        shouldCountUntilTheSearchEnds(vertx, search, """
                {"SH_END":{"tkn":%s}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {FIND, FIND_IN_KEYS, UPDATE})
    void shouldCountARemovedValueUntilItsSearchEnds(String search, Vertx vertx) throws Exception {
        shouldCountUntilTheSearchEnds(vertx, search, """
                {"KV_RMV":{"tkn":%s,"keys":["v"]}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {FIND, FIND_IN_KEYS, UPDATE})
    void shouldCountAReplacedValueUntilItsSearchEnds(String search, Vertx vertx) throws Exception {
        shouldCountUntilTheSearchEnds(vertx, search, """
                {"KV_SET":{"tkn":%s,"keys":{"v":1}}}""");
    }

    private void shouldCountUntilTheSearchEnds(Vertx vertx, String search, String loss) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket client = server.connect()) {
            String token = client.newSession();
            String other = client.newSession();
            assertThat(client.ask(set(token, SLOW_VALUE))).contains("\"v\":20");
            try (TextSocket searcher = server.connect()) {
                searcher.send(search.formatted(token, SLOW_PATH));
                awaitRunning(server, 1);

                assertThat(client.ask(loss.formatted(token))).doesNotContain("\"st\":2");
                assertThat(client.ask(set(other, REFILL))).contains("\"st\":205");
            }
            awaitRunning(server, 0);
            assertThat(client.ask(set(other, REFILL))).contains("\"v\":20");
        }
    }

    @Test
    void shouldCountBothValuesIfOneOfTheSameSizeReplacesTheOther(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket client = server.connect()) {
            String token = client.newSession();
            client.ask(set(token, SLOW_VALUE));
            client.ask(set(client.newSession(), "\"" + "z".repeat(LARGE) + "\""));
            try (TextSocket searcher = server.connect()) {
                searcher.send(FIND.formatted(token, SLOW_PATH));
                awaitRunning(server, 1);

                assertThat(client.ask(set(token, SLOW_VALUE))).contains("\"st\":205");
            }
            awaitRunning(server, 0);
            assertThat(client.ask(set(token, SLOW_VALUE))).contains("\"v\":21");
        }
    }

    private static void awaitRunning(TestServer server, int tasks) throws Exception {
        for (int i = 0; running(server) != tasks; i++) {
            assertThat(i).as("waits for running searches: " + tasks).isLessThan(6_000);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static double running(TestServer server) throws Exception {
        return MetricsPage.of(server.server().managementPort()).value("tessera_searches_running");
    }

    private static String set(String token, String value) {
        return "{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"v\":" + value + "}}}";
    }
}
