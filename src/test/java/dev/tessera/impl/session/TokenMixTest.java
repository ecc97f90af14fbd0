package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenMixTest {

    /** A saved session must be found in the same partition after an upgrade. */
    @Test
    void shouldNeverChange() {
        assertThat(TokenMix.mix(0)).isZero();
        assertThat(TokenMix.mix(1)).isEqualTo(0x5692161d100b05e5L);
        assertThat(TokenMix.partition(1, 271)).isEqualTo(163);
        assertThat(TokenMix.partition(Long.parseUnsignedLong("10838139838302738599"), 271))
                .isEqualTo(183);
        assertThat(TokenMix.partition(-1, 271)).isEqualTo(50);
    }

    @Test
    void shouldStayWithinTheCount() {
        for (int count : new int[] {1, 2, 271, 1_000_003}) {
            for (long token : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertThat(TokenMix.partition(token, count)).isBetween(0, count - 1);
            }
        }
    }
}
