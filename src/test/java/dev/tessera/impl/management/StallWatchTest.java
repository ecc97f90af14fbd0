package dev.tessera.impl.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class StallWatchTest {

    private static final int STALL_SECONDS = 30;

    private long nowNs = Long.MAX_VALUE - 5;
    private final StallWatch watch = new StallWatch(TimeUnit.SECONDS.toMillis(STALL_SECONDS), () -> nowNs);
    private final StallWatch.Loop first = watch.watch("event loop 0");
    private final StallWatch.Loop second = watch.watch("event loop 1");

    @Test
    void shouldReportALoopThatRunsNoTask() {
        for (int second = 0; second < STALL_SECONDS - 1; second++) {
            first.beat();
            passSecond();
        }
        assertThat(watch.reason()).isEmpty();

        first.beat();
        passSecond();
        first.beat();
        passSecond();

        assertThat(watch.reason()).matches("event loop 1 has run no task for 3[01] s");
        assertThat(watch.longestSeconds()).isBetween(30.0, 31.0);
    }

    @Test
    void shouldSayOnceThatALoopStandsStillAndOnceThatItRunsAgain() {
        for (int second = 0; second < 2 * STALL_SECONDS; second++) {
            first.beat();
            String line = passSecond();
            assertThat(line == null).isEqualTo(second != STALL_SECONDS - 1);
        }
        second.beat();

        assertThat(passSecond()).isEqualTo("All event loops run tasks again");
        assertThat(watch.reason()).isEmpty();
        assertThat(watch.longestSeconds()).isLessThan(2);
        assertThat(watch.longestEverSeconds()).isEqualTo(2.0 * STALL_SECONDS);
    }

    @Test
    void shouldNotBlameLoopsForATimeInWhichTheWholeProcessStoodStill() {
        nowNs += TimeUnit.HOURS.toNanos(1);
        watch.look();

        assertThat(watch.reason()).isEmpty();
        assertThat(watch.longestSeconds()).isLessThanOrEqualTo(1.0);
    }

    @Test
    void shouldNotWatchALoopThatHasEnded() {
        first.end();
        second.end();
        for (int second = 0; second < 2 * STALL_SECONDS; second++) {
            passSecond();
        }

        assertThat(watch.reason()).isEmpty();
        assertThat(watch.longestSeconds()).isZero();
    }

    private String passSecond() {
        String line = null;
        for (int look = 0; look < 2; look++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(StallWatch.INTERVAL_MS);
            String news = watch.look();
            line = news == null ? line : news;
        }
        return line;
    }
}
