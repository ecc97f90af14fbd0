package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.EvictionPolicy;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server whose stored data may take a few megabytes. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(120)
class MemoryLimitsTest {

    private static final long MAX = 4 << 20;
    private static final int VALUE_BYTES = 20_000;

    @TempDir
    Path directory;

    private Vertx vertx;
    private Configuration configuration;

    @BeforeEach
    void configure(Vertx vertx) {
        this.vertx = vertx;
        configuration = Configuration.defaults()
                .with(Settings.EVENT_LOOPS, 2)
                .with(Settings.MAX_DATA_BYTES, MAX)
                .with(Settings.DATA_DIR, Optional.of(directory));
    }

    @Test
    void shouldStartAgainWhenFullAndMakeRoom() throws Exception {
        String token;
        int keys;
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            token = socket.newSession();
            keys = fill(socket, token);
            Await.result(server.server().checkAtRest());
        }
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"KV_COUNT\":{\"tkn\":" + token + "}}")).contains("\"cnt\":" + keys + "}");
            assertThat(socket.ask(set(token, keys))).contains("\"st\":205,");
            assertThat(Http.get(server.server().managementPort(), "/readyz").body())
                    .contains("\"memory\":\"");
            assertThat(socket.ask("{\"SH_END\":{\"tkn\":" + token + "}}")).contains("\"st\":1,");
            assertThat(fill(socket, socket.newSession())).isEqualTo(keys);
            Await.result(server.server().checkAtRest());
        }
    }

    @Test
    void shouldRefuseAJournalThatDoesNotFit() throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            fill(socket, socket.newSession());
        }

        Throwable failure =
                Await.failure(TesseraServer.start(vertx, configuration.with(Settings.MAX_DATA_BYTES, MAX / 2)));

        assertThat(failure)
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("the journal in " + directory, "needs about", "limits.maxDataBytes", "-Xmx");
        // Nothing is lost: with the old limit it starts again.
        TestServer.start(vertx, configuration).close();
    }

    @Test
    void shouldEndTheOldestSessionsInsteadOfRefusing() throws Exception {
        configuration = configuration.with(Settings.EVICTION, EvictionPolicy.LRU);
        String newest = "";
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            for (int i = 0; i < 3 * MAX / VALUE_BYTES; i++) {
                server.clock().advance(Duration.ofSeconds(1));
                newest = token(socket.ask("""
                        {"SH_NEW":{"name":"s","expiry":{"duration":100000,"deleteSession":true}}}"""));
                assertThat(socket.ask(set(newest, 0))).contains("\"0\":20");
            }
            assertThat(MetricsPage.of(server.server().managementPort()).value("tessera_memory_evicted_total"))
                    .isPositive();
            assertThat(socket.ask("{\"KV_COUNT\":{\"tkn\":" + newest + "}}")).contains("\"cnt\":1}");
            Await.result(server.server().checkAtRest());
        }
        // The journal has the ends of the others; otherwise it would not fit.
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"KV_COUNT\":{\"tkn\":" + newest + "}}")).contains("\"cnt\":1}");
        }
    }

    /** Adds keys until the server refuses one. Returns how many it stored. */
    private static int fill(TextSocket socket, String token) throws Exception {
        int keys = 0;
        while (!socket.ask(set(token, keys)).contains("\"st\":205,")) {
            keys++;
        }
        return keys;
    }

    private static String set(String token, int key) {
        return "{\"KV_SET\":{\"tkn\":%s,\"keys\":{\"%d\":\"%s\"}}}".formatted(token, key, "v".repeat(VALUE_BYTES));
    }

    private static String token(String made) {
        return made.replaceAll(".*\"tkn\":(\\d+).*", "$1");
    }
}
