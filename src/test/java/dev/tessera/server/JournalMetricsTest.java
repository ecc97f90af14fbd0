package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.journal.file.UnreliableDisk;
import dev.tessera.impl.journal.file.UnreliableDisk.Fault;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of the journal on {@code GET /metrics}. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(60)
@ExpectLog(logger = "dev.tessera.impl.journal.SegmentPool", message = "cannot reserve space")
class JournalMetricsTest {

    private static final int SEGMENT_BYTES = 65_536;
    private static final long COMPACT_BYTES = 1_048_576;

    @TempDir
    Path directory;

    private final UnreliableDisk disk = new UnreliableDisk(new Random(1));
    private TesseraServer server;
    private TextSocket socket;
    private String token;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.EVENT_LOOPS, 1)
                .with(Settings.MAX_PAYLOAD_BYTES, 16_384)
                .with(Settings.DATA_DIR, Optional.of(directory))
                .with(Settings.JOURNAL, Optional.of(JournalMode.ALWAYS))
                .with(Settings.STORAGE_SEGMENT_BYTES, SEGMENT_BYTES)
                .with(Settings.STORAGE_RESERVE_BYTES, 2_097_152L)
                .with(Settings.STORAGE_COMPACT_BYTES, COMPACT_BYTES);
        server = Await.result(
                TesseraServer.start(vertx, configuration, StartOptions.DEFAULT.withDisk((path, claim) -> disk)));
        socket = TextSocket.connect(server.port());
        token = socket.newSession();
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        Await.result(server.drain());
    }

    @Test
    void shouldCountWritesAndForces() throws Exception {
        double payloads = metric("payloads_total");
        double bytes = metric("written_bytes_total");
        double forces = metric("fsyncs_total");

        set();

        // With "always", an acknowledged change is written and forced to disk.
        assertThat(metric("payloads_total")).isEqualTo(payloads + 1);
        assertThat(metric("written_bytes_total")).isBetween(bytes + 10_000, bytes + 11_000);
        assertThat(metric("fsyncs_total")).isEqualTo(forces + 1);
        assertThat(metric("fsync_seconds_total")).isPositive();
        assertThat(metric("log_bytes")).isBetween(10_000.0, 20_000.0);
        assertThat(metric("queued_bytes")).isZero();
        assertThat(metric("state")).isZero();
    }

    @Test
    void shouldShowTheSizeAfterACompaction() throws Exception {
        assertThat(metric("compactions_total")).isZero();
        assertThat(metric("live_bytes")).isZero();
        while (metric("compactions_total") == 0) {
            set();
        }

        assertThat(metric("live_bytes")).isBetween(10_000.0, 20_000.0);
        assertThat(metric("log_bytes")).isLessThan(COMPACT_BYTES);
        assertThat(metric("reserved_bytes") % SEGMENT_BYTES).isZero();
        assertThat(metric("reserved_bytes")).isPositive();
        assertThat(metric("segments")).isGreaterThan(1);
    }

    @Test
    void shouldSayThatTheDiskIsFull() throws Exception {
        disk.limit(disk.bytes());
        int keys = 0;
        while (metric("state") == 0) {
            assertThat(set("k" + keys++)).contains("\"tkn\":" + token);
        }

        assertThat(metric("state")).isEqualTo(1);
    }

    @Test
    void shouldSayThatTheDiskCannotBeWritten() throws Exception {
        disk.failAtForce(Fault.POWER_LOSS);
        assertThat(set()).contains("\"st\":201,");

        assertThat(metric("state")).isEqualTo(2);
    }

    private String set() throws Exception {
        return set("k");
    }

    private String set(String key) throws Exception {
        return socket.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"%s":"%s"}}}""".formatted(token, key, "x".repeat(10_000)));
    }

    private double metric(String name) throws Exception {
        Matcher line = Pattern.compile("(?m)^tessera_journal_" + name + " (\\S+)$")
                .matcher(Http.get(server.managementPort(), "/metrics").body());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
