package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class HashFinalizerTest {

    /** A saved session must be found in the same partition after an upgrade. */
    @Test
    void shouldNeverChange() {
        assertThat(HashFinalizer.mix(0)).isZero();
        assertThat(HashFinalizer.mix(1)).isEqualTo(0x5692161d100b05e5L);
        assertThat(HashFinalizer.partition(1, 271)).isEqualTo(163);
        assertThat(HashFinalizer.partition(Long.parseUnsignedLong("10838139838302738599"), 271))
                .isEqualTo(183);
        assertThat(HashFinalizer.partition(-1, 271)).isEqualTo(50);
    }

    @Test
    void shouldStayWithinTheCount() {
        for (int count : new int[] {1, 2, 271, 1_000_003}) {
            for (long token : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertThat(HashFinalizer.partition(token, count)).isBetween(0, count - 1);
            }
        }
    }
}
