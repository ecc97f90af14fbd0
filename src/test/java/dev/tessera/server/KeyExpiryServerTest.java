package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.event.EventAddress;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.MutableClock;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that expire in a whole server, on clocks that the test moves. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(120)
class KeyExpiryServerTest {

    private static final int KEYS = 20_000;
    private static final int PER_COMMAND = 500;
    private static final int SWEEP_MS = 10;

    @TempDir
    Path directory;

    private static Configuration configuration() {
        return Configuration.defaults()
                .with(Settings.EVENT_LOOPS, 2)
                .with(Settings.SESSIONS_SWEEP_INTERVAL, Duration.ofMillis(SWEEP_MS));
    }

    /** Nobody asks for the keys after their end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFreeTheMemoryOfExpiredKeysWithoutAnyAccess(boolean sessions, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration().with(Settings.SESSIONS_ENABLED, sessions));
                TextSocket socket = server.connect()) {
            String tkn = sessions ? "\"tkn\":" + socket.newSession() + "," : "";
            double before = page(server).value("tessera_memory_used_bytes");
            set(socket, tkn, 60);
            while (page(server).value("tessera_keys") < KEYS) {
                // The gauge follows with the next sweep.
                assertThat(server.server().connections()).isEqualTo(1);
            }
            double full = page(server).value("tessera_memory_used_bytes");

            server.clock().advance(Duration.ofSeconds(60));
            while (page(server).value("tessera_keys") > 0) {
                assertThat(server.server().connections()).isEqualTo(1);
            }

            assertThat(page(server).value("tessera_keys_expired_total")).isEqualTo(KEYS);
            if (sessions) {
                // Each partition of the global key space holds more memory than its few keys need.
                assertThat(page(server).value("tessera_memory_used_bytes") - before)
                        .isLessThan((full - before) / 10);
            }
        }
    }

    /** The wall clock jumps by a day, and no time passes. */
    @Test
    void shouldMoveNoEndIfTheWallClockJumps(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration());
                TextSocket socket = server.connect()) {
            String tkn = "\"tkn\":" + socket.newSession();
            socket.ask("{\"KV_SET\":{" + tkn + ",\"keys\":{\"k\":1},\"ttl\":60}}");
            for (int days : new int[] {1, -2}) {
                server.clock().setForward(Duration.ofDays(days));
                server.clock().advance(Duration.ofSeconds(29));
                assertThat(socket.ask("{\"KV_COUNT\":{" + tkn + "}}")).contains("\"cnt\":1");
            }
            // The clock of sessions runs faster or slower by 5 ms a second at most.
            server.clock().advance(Duration.ofSeconds(3));
            assertThat(socket.ask("{\"KV_COUNT\":{" + tkn + "}}")).contains("\"cnt\":0");
        }
    }

    @Test
    void shouldPublishExpiredKeys(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, configuration().with(Settings.EVENTS_ENABLED, true));
                TextSocket socket = server.connect()) {
            String token = socket.newSession();
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            vertx.eventBus()
                    .<Buffer>consumer(
                            EventAddress.of(Long.parseUnsignedLong(token)),
                            message -> events.add(message.body().toString()));
            socket.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"k\":1},\"ttl\":60}}");
            socket.ask("{\"KV_EXPIRE\":{\"tkn\":" + token + ",\"keys\":[\"k\"],\"ttl\":30}}");

            server.clock().advance(Duration.ofSeconds(30));

            assertThat(events.poll(10, TimeUnit.SECONDS)).contains("\"ev\":\"set\",\"keys\":{\"k\":1}");
            assertThat(events.poll(10, TimeUnit.SECONDS)).contains("\"ev\":\"update\",\"keys\":{\"k\":1}");
            assertThat(events.poll(10, TimeUnit.SECONDS)).contains("\"ev\":\"key_expire\",\"keys\":{\"k\":null}");
        }
    }

    @Test
    void shouldKeepEndsInTheJournal(Vertx vertx) throws Exception {
        Configuration journaled = configuration()
                .with(Settings.DATA_DIR, Optional.of(directory))
                .with(Settings.JOURNAL, Optional.of(JournalMode.ALWAYS));
        MutableClock clock = new MutableClock();
        String tkn;
        try (TestServer server = TestServer.start(vertx, journaled, clock);
                TextSocket socket = server.connect()) {
            tkn = "\"tkn\":" + socket.newSession();
            socket.ask("{\"KV_SET\":{" + tkn + ",\"keys\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4},\"ttl\":60}}");
            socket.ask("{\"KV_EXPIRE\":{" + tkn + ",\"keys\":[\"b\",\"c\"],\"ttl\":{\"b\":0,\"c\":90}}}");
            socket.ask("{\"KV_SET\":{" + tkn + ",\"keys\":{\"d\":5}}}");
            socket.ask("{\"SH_EXPIRE\":{" + tkn + ",\"expiry\":{\"duration\":1000,\"deleteSession\":true}}}");
        }
        clock.advance(Duration.ofSeconds(60));
        try (TestServer server = TestServer.start(vertx, journaled, clock);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"SH_INFO\":{" + tkn + "}}")).contains("""
                    "keyCnt":3,"expires":true,"expiry":{"duration":1000,"remaining":940,"deleteSession":true}""");
            assertThat(socket.ask("{\"KV_TTL\":{" + tkn + ",\"keys\":[\"a\",\"b\",\"c\",\"d\"]}}"))
                    .contains("""
                    {"a":null,"b":0,"c":30,"d":0}""");
        }
    }

    private static void set(TextSocket socket, String tkn, int ttl) throws Exception {
        for (int from = 0; from < KEYS; from += PER_COMMAND) {
            StringBuilder keys = new StringBuilder();
            for (int i = from; i < from + PER_COMMAND; i++) {
                keys.append(i == from ? "" : ",").append("\"key%d\":%d".formatted(i, i));
            }
            socket.ask("{\"KV_SET\":{%s\"keys\":{%s},\"ttl\":%d}}".formatted(tkn, keys, ttl));
        }
    }

    private static MetricsPage page(TestServer server) throws Exception {
        return MetricsPage.of(server.server().managementPort());
    }
}
