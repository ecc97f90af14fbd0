package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.journal.file.UnreliableDisk;
import dev.tessera.impl.journal.file.UnreliableDisk.Fault;
import dev.tessera.impl.journal.file.UnreliableDisk.Survival;
import dev.tessera.server.TesseraServer;
import dev.tessera.server.TestDisks;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests a server whose disk loses power and unforced writes: none of them survive, or the first ones, or any sectors.
 */
@Tag(Layer.CRASH)
@ExtendWith(VertxExtension.class)
@ExpectLog(logger = "dev.tessera.server.Replay", message = "unfinished when the process ended")
@ExpectLog(logger = "dev.tessera.impl.journal.SegmentPool", message = "cannot reserve space")
@ExpectLog(logger = "io.netty.bootstrap.ServerBootstrap", message = "^Failed to register an accepted channel")
@ExpectLog(logger = "io.vertx.core.eventbus.impl.MessageConsumerImpl", message = "^Discarding message")
class PowerLossTest {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 12);

    @TempDir
    Path directory;

    private final class UnpoweredServer implements CrashingServer {

        private final Vertx vertx;
        private final Configuration configuration;
        private final Random random;
        private UnreliableDisk disk;
        private TesseraServer server;

        private UnpoweredServer(Vertx vertx, boolean sessions, Random random) {
            this.vertx = vertx;
            this.random = random;
            disk = new UnreliableDisk(random);
            configuration = Configuration.defaults()
                    .with(Settings.PORT, 0)
                    .with(Settings.MANAGEMENT_PORT, 0)
                    .with(Settings.SESSIONS_ENABLED, sessions)
                    .with(Settings.EVENT_LOOPS, 2)
                    .with(Settings.MAX_PAYLOAD_BYTES, 16_384)
                    .with(Settings.DATA_DIR, Optional.of(directory))
                    .with(Settings.JOURNAL, Optional.of(JournalMode.ALWAYS))
                    .with(Settings.STORAGE_SEGMENT_BYTES, 65_536)
                    .with(Settings.STORAGE_RESERVE_BYTES, 2_097_152L)
                    .with(Settings.STORAGE_COMPACT_BYTES, 65_536L)
                    .with(Settings.STORAGE_COMPACT_FACTOR, 1)
                    .with(Settings.DRAIN_TIMEOUT, Duration.ofSeconds(1));
        }

        @Override
        public int start() throws Exception {
            server = Await.result(TesseraServer.start(vertx, configuration, TestDisks.on(disk)));
            return server.port();
        }

        @Override
        public void crash() throws Exception {
            disk.failAt(1 + random.nextInt(3), Fault.POWER_LOSS);
            Await.result(server.drain());
            List<Survival> survivals = List.of(Survival.values());
            disk = disk.afterPowerLoss(survivals.get(random.nextInt(survivals.size())));
        }

        @Override
        public void close() {
            try {
                Await.result(server.drain());
            } catch (Exception e) {
                throw new IllegalStateException("the server did not stop", e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepWhatWasAcknowledged(boolean sessions, Vertx vertx) throws Exception {
        long seed = Long.getLong("crash.seed", new Random().nextLong());
        String run = (sessions ? "with" : "without") + " sessions, seed " + seed;
        try (CrashingServer server = new UnpoweredServer(vertx, sessions, new Random(seed))) {
            Crashes crashes = new Crashes(server, sessions, 0, seed);

            System.out.println("Power loss, " + run + ", " + ROUNDS + " rounds: " + crashes.run(ROUNDS));

            assertThat(crashes.lost()).isZero();
        } catch (AssertionError | Exception e) {
            throw new AssertionError(run, e);
        }
    }
}
