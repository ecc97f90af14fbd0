package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Journals of other versions. The files in {@code src/test/resources/journal} were written by the last server of the
 * first version, which knew no revisions; its secret is {@link #SECRET}.
 */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class JournalVersionTest {

    private static final String SECRET = "fixture-secret-0123456789abcdef";

    @TempDir
    Path directory;

    private Vertx vertx;

    @BeforeEach
    void setUp(Vertx vertx) {
        this.vertx = vertx;
    }

    private Path copyOf(String resource) throws IOException {
        Path log = directory.resolve("journal/0000000001.log");
        Files.createDirectories(log.getParent());
        try (InputStream zipped = getClass().getResourceAsStream("/journal/" + resource);
                InputStream bytes = new GZIPInputStream(Objects.requireNonNull(zipped))) {
            Files.write(log, bytes.readAllBytes());
        }
        return log;
    }

    private TesseraServer start(boolean sessions) throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.EVENT_LOOPS, 2)
                .with(Settings.SESSIONS_ENABLED, sessions)
                .with(Settings.SESSIONS_SECRET, Optional.of(SECRET))
                .with(Settings.DATA_DIR, Optional.of(directory));
        return Await.result(TesseraServer.start(vertx, configuration));
    }

    @Test
    void shouldReadTheSessionsOfTheFirstVersion() throws Exception {
        copyOf("version-1-sessions.log.gz");

        TesseraServer server = start(true);
        readSessions(server);
        Await.result(server.drain());
        server = start(true);
        readSessions(server);
        Await.result(server.drain());
    }

    private static void readSessions(TesseraServer server) throws Exception {
        try (TextSocket socket = TextSocket.connect(server.port())) {
            assertThat(socket.ask("{\"SH_OPEN\":{\"name\":\"basket\"}}")).contains("9457218118742029274");
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":9457218118742029274,"keys":["a","b","gone","é中"]}}""")).contains("""
                            "keys":{"a":2,"b":{"x": [1, 2, 3]},"gone":null,"é中":"text"}""");
            assertThat(socket.ask("{\"SH_OPEN\":{\"name\":\"ended\"}}")).contains("\"st\":102");
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":1812481101468212930}}""")).contains("\"cnt\":600");
            assertThat(socket.ask("""
                    {"KV_KEYS":{"tkn":13527489935854780600}}""")).contains("""
                            "keys":["again"]""");
            assertThat(socket.ask("""
                    {"SH_INFO":{"tkn":13527489935854780600}}""")).contains("""
                            "expiry":{"duration":4000000000,""");
        }
    }

    @Test
    void shouldReadTheGlobalKeysOfTheFirstVersion() throws Exception {
        copyOf("version-1-global.log.gz");

        for (int i = 0; i < 2; i++) {
            TesseraServer server = start(false);
            try (TextSocket socket = TextSocket.connect(server.port())) {
                assertThat(socket.ask("""
                        {"KV_GET":{"keys":["a","b","gone"]}}""")).contains("""
                                "keys":{"a":2,"b":{"x": [1, 2, 3]},"gone":null}""");
            }
            Await.result(server.drain());
        }
    }

    @Test
    void shouldRefuseANewerVersionInOneLine() throws Exception {
        Path log = copyOf("version-1-sessions.log.gz");
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(8, 99);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, 60);
        header.putInt(60, (int) crc.getValue());
        Files.write(log, header.array());

        assertThatThrownBy(() -> start(true))
                .hasMessageContaining("99")
                .message()
                .doesNotContain("\n");
    }
}
