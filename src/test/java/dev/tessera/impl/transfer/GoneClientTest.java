package dev.tessera.impl.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.HazelcastNodes;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.MutableClock;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Saves and loads whose clients close their connections. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class GoneClientTest {

    /** Two rounds of chunks, and the first of these has left. */
    private static final int SESSIONS = 60;

    private static final int SESSION_BYTES = 50_000;

    private static final String SAVE = """
            {"SH_SAVE":{"name":"s"}}""";
    private static final String LOAD = """
            {"SH_LOAD":{"name":"s"}}""";

    @TempDir
    private Path directory;

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger looksLeft = new AtomicInteger(-1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** Holds the worker at one of its looks at the clock, of which it has one after each session or chunk. */
    private long nanoTime() {
        if (Thread.currentThread().getName().startsWith("tessera-files") && looksLeft.getAndDecrement() == 0) {
            held.countDown();
            await(release);
        }
        return clock.nanoTime();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private TestServer start(Vertx vertx) throws Exception {
        Configuration configuration = SaveServer.configuration(directory).with(Settings.EVENT_LOOPS, 1);
        return TestServer.start(vertx, configuration, clock, this::nanoTime);
    }

    /** Sends a command of a client, and closes its connection while the command runs. */
    private void sendAndLeave(TestServer server, TextSocket other, String command, int looks) throws Exception {
        try (TextSocket leaving = server.connect()) {
            looksLeft.set(looks);
            leaving.send(command);
            await(held);
        }
        HazelcastNodes.await(() -> metric(server, "tessera_connections") == 1);
        // The event loop learns of the end before it reads the second of these.
        other.ask("{\"SH_INFO_ALL\":{}}");
        other.ask("{\"SH_INFO_ALL\":{}}");
        release.countDown();
    }

    private static double metric(TestServer server, String name) {
        try {
            return MetricsPage.of(server.server().managementPort()).value(name);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String session(int token) {
        return """
                {"sh":{"tkn":%d},"keys":{"a":"%s","b":1}}""".formatted(token, "x".repeat(SESSION_BYTES));
    }

    @Test
    @ExpectLog(from = TransferVerticle.class, level = Level.WARN, message = "Loading 's' failed: .* has left; [1-9]")
    void shouldEndALoadWithItsClientAndKeepWholeSessions(Vertx vertx) throws Exception {
        StringBuilder text = new StringBuilder("[").append(session(1));
        for (int token = 2; token <= SESSIONS; token++) {
            text.append(',').append(session(token));
        }
        SaveServer.write(directory, "s", text.append(']').toString().getBytes(UTF_8));
        try (TestServer server = start(vertx);
                TextSocket other = server.connect()) {
            sendAndLeave(server, other, LOAD, SESSIONS / 2);
            HazelcastNodes.await(() -> metric(server, "tessera_loads_failed_total") == 1);

            String totals = other.ask("{\"SH_INFO_ALL\":{}}");
            int loaded = Integer.parseInt(totals.replaceAll(".*\"totalSessions\":(\\d+).*", "$1"));
            assertThat(loaded).isBetween(1, SESSIONS - 1);
            assertThat(totals).contains("\"totalKeys\":" + 2 * loaded + "}");
            assertThat(other.ask(LOAD)).contains("\"st\":141").contains("\"sessions\":" + (SESSIONS - loaded));
        }
    }

    @Test
    @ExpectLog(from = Transfers.class, level = Level.WARN, message = "Saving 's' failed: .* has left")
    @ExpectLog(from = TransferVerticle.class, level = Level.WARN, message = "Loading 's' failed")
    void shouldEndASaveWithItsClientAndNotLoadIt(Vertx vertx) throws Exception {
        try (TestServer server = start(vertx);
                TextSocket other = server.connect()) {
            sendAndLeave(server, other, SAVE, 10);
            HazelcastNodes.await(() -> metric(server, "tessera_saves_failed_total") == 1);

            assertThat(Files.readString(directory.resolve("s/" + clock.millis() + "/md/md.json")))
                    .contains("\"status\":2");
            assertThat(other.ask(LOAD)).contains("\"st\":142");
            other.send(SAVE);
            assertThat(other.receive()).contains("\"st\":120");
            assertThat(other.receive()).contains("\"st\":121");
        }
    }
}
