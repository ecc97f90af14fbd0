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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Answers and health reports while the disk fails or is full. */
@Tag(Layer.CRASH)
@ExtendWith(VertxExtension.class)
@Timeout(60)
@ExpectLog(logger = "dev.tessera.impl.journal.SegmentPool", message = "cannot reserve space")
class JournalTroubleTest {

    private static final String HEALTHY = """
            {"status":"ready"}""";

    @TempDir
    Path directory;

    private final UnreliableDisk disk = new UnreliableDisk(new Random(1));
    private Vertx vertx;
    private TesseraServer server;
    private TextSocket socket;
    private String token;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        server = start();
        socket = TextSocket.connect(server.port());
        token = socket.newSession();
        assertThat(set("before", "1")).contains("\"before\":20");
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        Await.result(server.drain());
    }

    @Test
    void shouldAnswerThatTheOutcomeIsUnknownAndContinueAfterTheLogIsRewritten() throws Exception {
        disk.failAtForce(Fault.FAILURE);

        assertThat(set("failed", "1")).contains("\"st\":201,\"tkn\":" + token);
        String reply = set("after", "2");
        while (reply.contains("\"st\":200,")) {
            assertThat(get("after")).contains("\"after\":null");
            reply = set("after", "2");
        }

        assertThat(reply).contains("\"after\":20");
        restart();
        assertThat(get("before")).contains("\"before\":1");
        assertThat(get("failed")).contains("\"failed\":1");
        assertThat(get("after")).contains("\"after\":2");
    }

    @Test
    void shouldRefuseToWriteAndGoOnReadingWhereTheDiskIsGone() throws Exception {
        disk.failAtForce(Fault.POWER_LOSS);

        assertThat(set("failed", "1")).contains("\"st\":201,");

        assertThat(set("refused", "1")).contains("\"st\":200,\"tkn\":" + token);
        assertThat(socket.ask("""
                {"SH_END":{"tkn":%s}}""".formatted(token))).contains("\"st\":200,");
        assertThat(socket.ask("{\"SH_END_ALL\":{}}")).contains("\"st\":200,");
        assertThat(get("before")).contains("\"before\":1");
        assertThat(get("refused")).contains("\"refused\":null");
        assertThat(health()).startsWith("""
                                {"status":"ready","journal":"commands that write are answered with 200, because \
                                the disk cannot be written:\s""");
    }

    @Test
    void shouldAnswerThatTheDiskIsFullChangeNothingAndGoOnWhenThereIsSpace() throws Exception {
        disk.limit(disk.bytes());
        String value = '"' + "x".repeat(10_000) + '"';
        int stored = 0;
        String reply = set("k0", value);
        String health = health();
        // A compaction frees space, as long as a snapshot needs less space than the log.
        while (!reply.contains("\"st\":205,") || health.equals(HEALTHY)) {
            stored += reply.contains("\"k" + stored + "\":20") ? 1 : 0;
            reply = set("k" + stored, value);
            health = health();
        }

        assertThat(stored).isPositive();
        assertThat(reply).contains("\"tkn\":" + token);
        assertThat(get("k" + stored)).contains("null");
        assertThat(get("k" + (stored - 1))).contains("xxx");
        assertThat(health).startsWith("""
                {"status":"ready","journal":\"""").contains("space");

        disk.limit(Long.MAX_VALUE);
        reply = set("later", "1");
        while (reply.contains("\"st\":20")) {
            reply = set("later", "1");
        }
        assertThat(reply).contains("\"later\":20");
        // The journal writes changes again before it reserves space again.
        while (!health().equals(HEALTHY)) {
            assertThat(get("later")).contains("\"later\":1");
        }
        restart();
        assertThat(get("k" + (stored - 1))).contains("xxx");
        assertThat(get("later")).contains("\"later\":1");
    }

    private TesseraServer start() throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.EVENT_LOOPS, 2)
                .with(Settings.MAX_PAYLOAD_BYTES, 16_384)
                .with(Settings.DATA_DIR, Optional.of(directory))
                .with(Settings.JOURNAL, Optional.of(JournalMode.ALWAYS))
                .with(Settings.STORAGE_SEGMENT_BYTES, 65_536)
                .with(Settings.STORAGE_RESERVE_BYTES, 2_097_152L);
        return Await.result(
                TesseraServer.start(vertx, configuration, StartOptions.DEFAULT.withDisk((path, claim) -> disk)));
    }

    private void restart() throws Exception {
        stop();
        server = start();
        socket = TextSocket.connect(server.port());
    }

    private String set(String key, String value) throws Exception {
        return socket.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"%s":%s}}}""".formatted(token, key, value));
    }

    private String get(String key) throws Exception {
        return socket.ask("""
                {"KV_GET":{"tkn":%s,"keys":["%s"]}}""".formatted(token, key));
    }

    private String health() throws Exception {
        return Http.get(server.managementPort(), "/readyz").body();
    }
}
