package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tessera.testing.Layer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class LoadRecorderTest {

    private final LoadRecorder recorder = new LoadRecorder();

    @Test
    void shouldCountOnlyWhileItMeasures() {
        recorder.answered(1_000_000_000);
        recorder.sent(7);
        recorder.begin(1_000);
        recorder.answered(5_000);
        recorder.sent(10);
        recorder.received(20);
        recorder.end(2_000_001_000);
        recorder.answered(1_000_000_000);
        recorder.received(7);

        assertThat(recorder.answered()).isEqualTo(1);
        assertThat(recorder.sentBytes()).isEqualTo(10);
        assertThat(recorder.receivedBytes()).isEqualTo(20);
        assertThat(recorder.elapsedNs()).isEqualTo(2_000_000_000);
        assertThat(recorder.latencyNs().getMaxValue()).isLessThan(6_000);
    }

    @Test
    void shouldCountErrorsAlways() {
        for (int i = 0; i < 10; i++) {
            recorder.error("wrong " + i);
        }

        assertThat(recorder.errors()).isEqualTo(10);
        assertThat(recorder.firstErrors()).containsExactly("wrong 0", "wrong 1", "wrong 2");
    }

    @Test
    void shouldCombineThreads() {
        LoadRecorder other = new LoadRecorder();
        measure(recorder, 1_000_000_000, 990, 10);
        measure(other, 500_000_000, 1_000, 0);

        LoadResult result = LoadResult.of(Plans.counted(1, Load.SET, 1), List.of(recorder, other), 0.5);

        assertThat(result.requests()).isEqualTo(2_000);
        assertThat(result.requestsPerSecond()).isCloseTo(1_000 + 2_000, within(1e-6));
        assertThat(result.seconds()).isEqualTo(1);
        assertThat(result.p50Us()).isCloseTo(100, within(0.1));
        assertThat(result.p99Us()).isCloseTo(100, within(0.1));
        assertThat(result.p999Us()).isCloseTo(9_000, within(9.0));
        assertThat(result.maxUs()).isCloseTo(9_000, within(9.0));
    }

    private static void measure(LoadRecorder recorder, long elapsedNs, int fast, int slow) {
        recorder.begin(0);
        for (int i = 0; i < fast; i++) {
            recorder.answered(100_000);
        }
        for (int i = 0; i < slow; i++) {
            recorder.answered(9_000_000);
        }
        recorder.end(elapsedNs);
    }
}
