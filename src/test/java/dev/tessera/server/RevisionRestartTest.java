package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Revisions over restarts of a server whose wall clock is set back. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class RevisionRestartTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(JournalMode.class)
    void shouldGrowThoughTheClockIsSetBack(JournalMode journal, Vertx vertx) throws Exception {
        long last = 0;
        for (int daysBack : new int[] {0, 1, 400, 3}) {
            Configuration configuration = Configuration.defaults()
                    .with(Settings.PORT, 0)
                    .with(Settings.MANAGEMENT_PORT, 0)
                    .with(Settings.EVENT_LOOPS, 1)
                    .with(Settings.DATA_DIR, Optional.of(directory))
                    .with(Settings.JOURNAL, Optional.of(journal));
            Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-daysBack));
            TesseraServer server = Await.result(TesseraServer.start(
                    vertx, configuration, StartOptions.DEFAULT.withClocks(clock, System::nanoTime)));
            try (TextSocket socket = TextSocket.connect(server.port())) {
                String made = socket.ask("""
                        {"SH_NEW":{"name":"a","shared":true,"open":true}}""");
                String token = made.replaceAll(".*\"tkn\":([0-9]+).*", "$1");
                for (int i = 0; i < 3; i++) {
                    String reply = socket.ask("""
                            {"KV_SET":{"tkn":%s,"keys":{"a":1},"revs":true}}""".formatted(token));
                    long revision = Long.parseLong(reply.replaceAll(".*\"rev\":([0-9]+).*", "$1"));
                    assertThat(revision)
                            .as("%d days back, change %d", daysBack, i)
                            .isGreaterThan(last);
                    last = revision;
                }
            }
            Await.result(server.drain());
        }
    }
}
