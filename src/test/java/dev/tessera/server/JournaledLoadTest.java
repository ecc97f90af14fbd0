package dev.tessera.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.journal.file.UnreliableDisk;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
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

/** Loads of a session that is many times as large as the reserved space of the journal. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(60)
@ExpectLog(logger = "dev.tessera.impl.journal.SegmentPool", message = "cannot reserve space")
class JournaledLoadTest {

    private static final int KEYS = 12_000;
    private static final int VALUE_BYTES = 1_000;
    private static final long LOAD_BYTES = (long) KEYS * VALUE_BYTES;

    @TempDir
    Path directory;

    private final UnreliableDisk disk = new UnreliableDisk(new Random(1));
    private Vertx vertx;
    private TesseraServer server;
    private TextSocket socket;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        writeSave();
        start();
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        Await.result(server.drain());
    }

    @Test
    void shouldMakeRoomAndFindTheSessionAtTheNextStart() throws Exception {
        assertThat(socket.ask("""
                {"SH_LOAD":{"name":"huge"}}""")).contains("\"st\":141,", "\"sessions\":3,\"keys\":" + (KEYS + 2));
        socket.ask("""
                {"KV_SET":{"tkn":2,"keys":{"k7":"new"}}}""");

        stop();
        start();
        assertThat(socket.ask("""
                {"KV_COUNT":{"tkn":2}}""")).contains("\"cnt\":" + KEYS);
        assertThat(socket.ask("""
                {"KV_GET":{"tkn":2,"keys":["k7","none"]}}""")).contains("""
                        {"k7":"new","none":null}""");
        assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("\"totalSessions\":3,\"totalKeys\":" + (KEYS + 2));
    }

    @Test
    @ExpectLog(logger = "dev.tessera.impl.transfer.TransferVerticle", message = "^Loading 'huge' failed")
    void shouldTakeNothingOfASessionForWhichTheDiskHasNoRoom() throws Exception {
        disk.limit(disk.bytes() + LOAD_BYTES / 2);

        String answer = socket.ask("""
                {"SH_LOAD":{"name":"huge"}}""");

        assertThat(answer).contains("\"st\":142,", "\"sessions\":0,\"keys\":0,", "the disk of the journal is full");
        assertThat(socket.ask("""
                {"KV_COUNT":{"tkn":2}}""")).doesNotContain("\"cnt\"");
        assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("""
                "totalSessions":0,"totalKeys":0""");
        disk.limit(Long.MAX_VALUE);
        answer = socket.ask("""
                {"SH_LOAD":{"name":"huge"}}""");
        while (answer.contains("\"st\":142,")) {
            answer = socket.ask("""
                    {"SH_LOAD":{"name":"huge"}}""");
        }
        assertThat(answer).contains("\"st\":141,", "\"sessions\":3,\"keys\":" + (KEYS + 2));
        assertThat(Http.get(server.managementPort(), "/livez").statusCode()).isEqualTo(200);
    }

    private void start() throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.EVENT_LOOPS, 2)
                .with(Settings.MAX_PAYLOAD_BYTES, 16_384)
                .with(Settings.DATA_DIR, Optional.of(directory.resolve("data")))
                .with(Settings.JOURNAL, Optional.of(JournalMode.ALWAYS))
                .with(Settings.STORAGE_SEGMENT_BYTES, 262_144)
                .with(Settings.STORAGE_RESERVE_BYTES, 2_097_152L)
                .with(Settings.SAVE_PATH, Optional.of(directory.resolve("saves")));
        server = Await.result(
                TesseraServer.start(vertx, configuration, StartOptions.DEFAULT.withDisk((path, claim) -> disk)));
        socket = TextSocket.connect(server.port());
    }

    /** Writes a small session, the large one, and another small one. */
    private void writeSave() throws Exception {
        StringBuilder text = new StringBuilder("""
                        [{"sh":{"tkn":1},"keys":{"a":1}},{"sh":{"tkn":2},"keys":{""");
        String value = ":\"" + "x".repeat(VALUE_BYTES - 2) + '"';
        for (int i = 0; i < KEYS; i++) {
            text.append(i == 0 ? "" : ",").append("\"k").append(i).append('"').append(value);
        }
        text.append("""
                }},{"sh":{"tkn":3},"keys":{"a":1}}]""");
        Path save = directory.resolve("saves/huge/1000");
        Files.createDirectories(save.resolve("md"));
        Files.createDirectories(save.resolve("data"));
        Files.writeString(save.resolve("md/md.json"), """
                {"name":"huge","status":1}""");
        Files.write(save.resolve("data/0"), text.toString().getBytes(UTF_8));
    }
}
