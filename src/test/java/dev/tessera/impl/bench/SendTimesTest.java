package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class SendTimesTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 17, 100})
    void shouldReturnTheOldestFirst(int most) {
        SendTimes times = new SendTimes(most);
        Deque<Long> model = new ArrayDeque<>();
        Random random = new Random(most);
        for (long now = 0; now < 10_000; now++) {
            if (model.size() < most && (model.isEmpty() || random.nextBoolean())) {
                times.add(now);
                model.add(now);
            } else {
                assertThat(times.remove()).isEqualTo(model.remove());
            }
            assertThat(times.size()).isEqualTo(model.size());
        }
    }

    @Test
    void shouldRefuseMoreRequestsThanItHolds() {
        SendTimes times = new SendTimes(2);
        times.add(1);
        times.add(2);

        assertThatThrownBy(() -> times.add(3)).isInstanceOf(IllegalStateException.class);
        assertThat(times.remove()).isEqualTo(1);
    }
}
