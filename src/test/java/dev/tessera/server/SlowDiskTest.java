package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.journal.file.DirectoryClaim;
import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.impl.journal.file.StuckDisk;
import dev.tessera.testing.Await;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is slower than the clients, in the mode {@code everysec}, which otherwise does not delay replies. */
@Tag(Layer.CRASH)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class SlowDiskTest {

    private static final Pattern QUEUED = Pattern.compile("(?m)^tessera_journal_queued_bytes (\\S+)$");
    private static final long QUEUED_BYTES_MAX = 65_536;
    private static final int IN_FLIGHT_MAX = 16;
    private static final int VALUE_BYTES = 10_000;
    private static final int COMMANDS = 60;

    @TempDir
    Path directory;

    @Test
    void shouldHoldRepliesBackBeforeMemoryGrowsAndSendThemWhenTheDiskHasCaughtUp(Vertx vertx) throws Exception {
        StuckDisk disk = new StuckDisk(new DiskFiles(directory.resolve("journal"), DirectoryClaim.UNLOCKED));
        TesseraServer server = start(vertx, disk);
        try (TextSocket writer = TextSocket.connect(server.port())) {
            String set = """
                    {"KV_SET":{"tkn":%s,"keys":{"k":"%s"}}}""".formatted(writer.newSession(), "x".repeat(VALUE_BYTES));
            disk.setStuck(true);
            // The writer takes the first changes from the queue, and only then waits for the disk.
            while (queuedBytes(server) == 0) {
                assertThat(writer.ask(set)).contains("\"k\":2");
            }

            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAll(writer, set));
            while (queuedBytes(server) <= QUEUED_BYTES_MAX) {
                assertThat(server.connections()).isEqualTo(1);
            }
            int answered = 0;
            long queued = queuedBytes(server);
            while (!writer.isQuiet() || queuedBytes(server) > queued) {
                queued = queuedBytes(server);
                answered += writer.isQuiet() ? 0 : received(writer);
            }

            assertThat(answered).isLessThan(COMMANDS - IN_FLIGHT_MAX);
            assertThat(queuedBytes(server)).isLessThan(QUEUED_BYTES_MAX + (IN_FLIGHT_MAX + 1) * (VALUE_BYTES + 200));
            disk.setStuck(false);
            for (; answered < COMMANDS; answered++) {
                received(writer);
            }
            sent.join();
        } finally {
            disk.setStuck(false);
            Await.result(server.drain());
        }
    }

    private static void sendAll(TextSocket writer, String command) {
        try {
            for (int i = 0; i < COMMANDS; i++) {
                writer.send(command);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int received(TextSocket writer) throws InterruptedException {
        assertThat(writer.receive()).contains("\"k\":2");
        return 1;
    }

    private static long queuedBytes(TesseraServer server) throws Exception {
        Matcher line =
                QUEUED.matcher(Http.get(server.managementPort(), "/metrics").body());
        assertThat(line.find()).isTrue();
        return (long) Double.parseDouble(line.group(1));
    }

    private TesseraServer start(Vertx vertx, StuckDisk disk) throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.EVENT_LOOPS, 1)
                .with(Settings.MAX_IN_FLIGHT, IN_FLIGHT_MAX)
                .with(Settings.MAX_PAYLOAD_BYTES, 16_384)
                .with(Settings.DATA_DIR, Optional.of(directory))
                .with(Settings.JOURNAL, Optional.of(JournalMode.EVERYSEC))
                .with(Settings.STORAGE_MAX_QUEUED_BYTES, QUEUED_BYTES_MAX);
        return Await.result(
                TesseraServer.start(vertx, configuration, StartOptions.DEFAULT.withDisk((path, claim) -> disk)));
    }
}
