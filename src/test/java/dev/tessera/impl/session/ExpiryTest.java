package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ExpiryTest {

    private static final long NOW = 1_800_000_000_000L;

    @Test
    void shouldNeverExpireWithDurationZero() {
        assertThat(new Expiry(0, true).expires()).isFalse();
        assertThat(new Expiry(0, true).endMs(NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(Expiry.NEVER.durationMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldCountInSeconds() {
        assertThat(new Expiry(1, true).endMs(NOW)).isEqualTo(NOW + 1000);
        assertThat(new Expiry(86_400, false).endMs(NOW)).isEqualTo(NOW + 86_400_000);
    }

    @Test
    void shouldSaturate() {
        long[] seconds = {
            -1,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE / 1000 + 1,
            Long.MAX_VALUE / 1000,
            (Long.MAX_VALUE - NOW) / 1000 + 1
        };
        for (long duration : seconds) {
            Expiry expiry = new Expiry(duration, true);
            assertThat(expiry.expires()).as("%d", duration).isTrue();
            assertThat(expiry.endMs(NOW)).as("%d", duration).isEqualTo(Long.MAX_VALUE);
        }
        long most = (Long.MAX_VALUE - NOW) / 1000 - 1;
        assertThat(new Expiry(most, true).endMs(NOW)).isEqualTo(NOW + most * 1000);
    }
}
