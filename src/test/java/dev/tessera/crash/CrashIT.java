package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that the real server survives SIGKILL. The journal is so small that each round compacts it many times.
 *
 * <p>{@code -Dcrash.rounds=100} runs longer, {@code -Dcrash.seed=...} repeats a run.
 */
@Tag(Layer.CRASH)
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 4);

    @TempDir
    Path directory;

    private final class KilledProcess implements CrashingServer {

        private final String policy;
        private final boolean sessions;
        private ServerProcess process;

        private KilledProcess(String policy, boolean sessions) {
            this.policy = policy;
            this.sessions = sessions;
        }

        @Override
        public int start() throws Exception {
            process = ServerProcess.command("--data-dir", directory.toString(), "--journal", policy)
                    .jvm("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                    .env("TESSERA_SESSIONS_ENABLED", Boolean.toString(sessions))
                    .env("TESSERA_EVENT_LOOPS", "2")
                    .env("TESSERA_LIMITS_MAX_PAYLOAD_BYTES", "16384")
                    .env("TESSERA_STORAGE_SEGMENT_BYTES", "65536")
                    .env("TESSERA_STORAGE_RESERVE_BYTES", "2097152")
                    .env("TESSERA_STORAGE_COMPACT_BYTES", "65536")
                    .env("TESSERA_STORAGE_COMPACT_FACTOR", "1")
                    .start()
                    .awaitReady();
            return process.port();
        }

        @Override
        public void crash() throws Exception {
            process.kill();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"always, true", "always, false", "everysec, true", "everysec, false"})
    void shouldKeepWhatWasAcknowledged(String policy, boolean sessions) throws Exception {
        long seed = Long.getLong("crash.seed", new Random().nextLong());
        String run = policy + (sessions ? "" : " without sessions") + ", seed " + seed;
        try (CrashingServer server = new KilledProcess(policy, sessions)) {
            Crashes crashes = new Crashes(server, sessions, policy.equals("always") ? 0 : 1000, seed);

            System.out.println("Crash test, " + run + ", " + ROUNDS + " rounds: " + crashes.run(ROUNDS));

            assertThat(policy.equals("always") ? crashes.lost() : 0).isZero();
        } catch (AssertionError | Exception e) {
            throw new AssertionError(run, e);
        }
    }
}
