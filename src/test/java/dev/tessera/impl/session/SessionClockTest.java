package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class SessionClockTest {

    /** The time in which a line may be off, because its speed was chosen at its beginning. */
    private static final long LINE_MS = 7;

    private final MutableClock machine = new MutableClock();
    private final SessionClock clock = new SessionClock(machine, machine::nanoTime);

    @Test
    void shouldShowTheWallClockWhileThatIsRight() {
        for (Duration step :
                List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(9), Duration.ofDays(365))) {
            machine.advance(step);

            assertThat(clock.millis()).isEqualTo(machine.millis());
        }
    }

    @Test
    void shouldNotJumpWithTheWallClock() {
        long before = clock.millis();

        machine.setForward(Duration.ofDays(365));
        assertThat(clock.millis()).isEqualTo(before);
        machine.setForward(Duration.ofDays(-730));
        machine.advance(Duration.ofSeconds(10));

        assertThat(clock.millis() - before).isBetween(9_940L, 10_060L);
    }

    @Test
    void shouldReachTheWallClockAtAKnownRate() {
        machine.setForward(Duration.ofSeconds(18));
        for (int second = 0; second <= 3600; second++) {
            machine.advance(Duration.ofSeconds(1));
            clock.millis();
        }
        assertThat(machine.millis() - clock.millis()).isBetween(-LINE_MS, LINE_MS);

        machine.setForward(Duration.ofSeconds(-18));
        machine.advance(Duration.ofHours(2));
        assertThat(clock.millis() - machine.millis()).isBetween(-LINE_MS, LINE_MS);
    }

    @Test
    void shouldStartAtALaterTimeOfAnEarlierProcessOnly() {
        long wall = machine.millis();

        clock.startAt(wall - 1);
        assertThat(clock.millis()).isEqualTo(wall);
        clock.startAt(wall + 5000);
        assertThat(clock.millis()).isEqualTo(wall + 5000);
        machine.advance(Duration.ofMillis(500));
        assertThat(clock.millis()).isEqualTo(wall + 5500);
    }

    /** Both clocks move at random, and the wall clock jumps. */
    @RepeatedTest(10)
    void shouldNeverGoBackAndAlwaysComeNearer(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        long nowMs = clock.millis();
        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(50) == 0) {
                machine.setForward(Duration.ofMillis(random.nextLong(-100_000_000, 100_000_000)));
            }
            long apartMs = Math.abs(machine.millis() - nowMs);
            // Whole milliseconds, because the wall clock has no more.
            long passedMs = random.nextLong(1L << random.nextInt(1, 25));
            machine.advance(Duration.ofMillis(passedMs));

            long nextMs = clock.millis();

            String context = "seed " + repetition.getCurrentRepetition() + ", step " + step;
            assertThat(nextMs).as(context).isGreaterThanOrEqualTo(nowMs);
            assertThat((double) (nextMs - nowMs))
                    .as(context)
                    .isCloseTo((double) passedMs, within(SessionClock.STEER_MAX * passedMs + LINE_MS));
            assertThat(Math.abs(machine.millis() - nextMs)).as(context).isLessThanOrEqualTo(apartMs + LINE_MS);
            nowMs = nextMs;
        }
    }

    /** The wall clock is somewhere else at each look. */
    @Test
    void shouldNeverGoBackForAnyThread() throws Exception {
        AtomicLong nanos = new AtomicLong();
        SplittableRandom random = new SplittableRandom(1);
        InstantSource jumping = () -> Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L));
        SessionClock shared = new SessionClock(jumping, nanos::get);
        AtomicLong latest = new AtomicLong(shared.millis());
        Callable<Boolean> reader = () -> {
            boolean isForward = true;
            for (int i = 0; i < 100_000; i++) {
                nanos.addAndGet(10_000_000);
                long before = latest.get();
                long now = shared.millis();
                isForward &= now >= before;
                latest.accumulateAndGet(now, Math::max);
            }
            return isForward;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(reader));
            }
            for (Future<Boolean> one : readers) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
