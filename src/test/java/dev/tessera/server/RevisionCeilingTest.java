package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.RevisionClock;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

@Tag(Layer.UNIT)
class RevisionCeilingTest {

    private static final long NOW_MS = 1_700_000_000_000L;
    private static final long NOW = NOW_MS * RevisionClock.MICROS_PER_MS;

    @TempDir
    Path directory;

    private final AtomicLong clockMs = new AtomicLong(NOW_MS);
    private final AtomicLong nanos = new AtomicLong();

    private RevisionCeiling open(long seen) {
        return RevisionCeiling.open(directory, seen, () -> Instant.ofEpochMilli(clockMs.get()), nanos::get);
    }

    private void pass(long seconds) {
        clockMs.addAndGet(TimeUnit.SECONDS.toMillis(seconds));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void shouldLieAheadOfTheClock() {
        try (RevisionCeiling ceiling = open(0)) {
            assertThat(ceiling.ceiling()).isEqualTo(NOW + RevisionClock.CEILING_AHEAD);

            pass(2);
            ceiling.raise();
            assertThat(ceiling.ceiling()).as("it is still far enough").isEqualTo(NOW + RevisionClock.CEILING_AHEAD);

            pass(4);
            ceiling.raise();
            assertThat(ceiling.ceiling()).isEqualTo(NOW + 6_000_000 + RevisionClock.CEILING_AHEAD);
        }
    }

    @Test
    void shouldLeaveRoomForChangesWhileTheDiskDoesNotAnswer() {
        try (RevisionCeiling ceiling = open(0)) {
            Partition partition = new Partition(null, MemoryAccount.unlimited(), ceiling::timeMax, KeyOrder.random());
            pass(1);
            assertThat(ceiling.timeMax()).isGreaterThan(clockMs.get() * RevisionClock.MICROS_PER_MS);

            pass(3600);
            for (int token = 0; token < 10_000; token++) {
                partition.create(token, new byte[] {'n'}, false, Expiry.NEVER, clockMs.get());
            }

            assertThat(partition.revisions().last()).isLessThan(ceiling.ceiling());
        }
    }

    @Test
    void shouldBeTheStartOfTheNextProcess() {
        long last;
        try (RevisionCeiling ceiling = open(0)) {
            pass(60);
            ceiling.raise();
            last = ceiling.ceiling();
        }
        clockMs.set(NOW_MS - TimeUnit.DAYS.toMillis(1));

        try (RevisionCeiling next = open(0)) {
            assertThat(next.base()).isGreaterThan(last).isLessThanOrEqualTo(last + RevisionClock.SKIP_MAX);
            assertThat(next.ceiling()).isGreaterThanOrEqualTo(next.base() + RevisionClock.CEILING_AHEAD);
        }
    }

    @Test
    void shouldRiseWithTheMonotonicClockIfTheWallClockIsBehind() {
        open(0).close();
        clockMs.set(0);

        try (RevisionCeiling ceiling = open(NOW + 1_000_000_000)) {
            long before = ceiling.ceiling();
            pass(6);
            ceiling.raise();

            assertThat(ceiling.ceiling()).isEqualTo(before + 6_000_000);
        }
    }

    @Test
    void shouldSurviveATornWrite() throws IOException {
        long before;
        try (RevisionCeiling ceiling = open(0)) {
            before = ceiling.ceiling();
            pass(6);
            ceiling.raise();
        }
        Path file = directory.resolve("revisions");
        byte[] bytes = Files.readAllBytes(file);
        bytes[512 + 9]++;
        Files.write(file, bytes);

        try (RevisionCeiling next = open(0)) {
            assertThat(next.base()).isGreaterThan(before);
        }
    }

    @Test
    void shouldRefuseAFileWithoutAnyBound() throws IOException {
        Files.write(directory.resolve("revisions"), new byte[600]);

        assertThatThrownBy(() -> open(0))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("revisions")
                .hasMessageContaining("delete it only if the clock is right");
    }

    @Test
    @ExpectLog(from = RevisionCeiling.class, level = Level.ERROR, message = "cannot be written")
    void shouldStayWhileItCannotBeWritten() throws IOException {
        try (RevisionCeiling ceiling = open(0)) {
            long before = ceiling.ceiling();
            Path file = directory.resolve("revisions");
            Files.delete(file);
            Files.createDirectory(file);
            pass(6);
            ceiling.raise();
            assertThat(ceiling.ceiling()).isEqualTo(before);

            Files.delete(file);
            ceiling.raise();
            assertThat(ceiling.ceiling()).isGreaterThan(before);
        }
    }
}
