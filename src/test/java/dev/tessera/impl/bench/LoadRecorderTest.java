package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tessera.testing.Layer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class LoadRecorderTest {

    private final LoadRecorder tally = new LoadRecorder();

    @Test
    void shouldCountOnlyWhileItMeasures() {
        tally.answered(1_000_000_000);
        tally.sent(7);
        tally.begin(1_000);
        tally.answered(5_000);
        tally.sent(10);
        tally.received(20);
        tally.end(2_000_001_000);
        tally.answered(1_000_000_000);
        tally.received(7);

        assertThat(tally.answered()).isEqualTo(1);
        assertThat(tally.sentBytes()).isEqualTo(10);
        assertThat(tally.receivedBytes()).isEqualTo(20);
        assertThat(tally.elapsedNs()).isEqualTo(2_000_000_000);
        assertThat(tally.latencyNs().getMaxValue()).isLessThan(6_000);
    }

    @Test
    void shouldCountErrorsAlways() {
        for (int i = 0; i < 10; i++) {
            tally.error("wrong " + i);
        }

        assertThat(tally.errors()).isEqualTo(10);
        assertThat(tally.complaints()).containsExactly("wrong 0", "wrong 1", "wrong 2");
    }

    @Test
    void shouldPutThreadsTogether() {
        LoadRecorder other = new LoadRecorder();
        measure(tally, 1_000_000_000, 990, 10);
        measure(other, 500_000_000, 1_000, 0);

        LoadResult result = LoadResult.of(Plans.counted(1, Load.SET, 1), List.of(tally, other), 0.5);

        assertThat(result.requests()).isEqualTo(2_000);
        assertThat(result.requestsPerSecond()).isCloseTo(1_000 + 2_000, within(1e-6));
        assertThat(result.seconds()).isEqualTo(1);
        assertThat(result.p50Us()).isCloseTo(100, within(0.1));
        assertThat(result.p99Us()).isCloseTo(100, within(0.1));
        assertThat(result.p999Us()).isCloseTo(9_000, within(9.0));
        assertThat(result.maxUs()).isCloseTo(9_000, within(9.0));
    }

    private static void measure(LoadRecorder tally, long elapsedNs, int fast, int slow) {
        tally.begin(0);
        for (int i = 0; i < fast; i++) {
            tally.answered(100_000);
        }
        for (int i = 0; i < slow; i++) {
            tally.answered(9_000_000);
        }
        tally.end(elapsedNs);
    }
}
