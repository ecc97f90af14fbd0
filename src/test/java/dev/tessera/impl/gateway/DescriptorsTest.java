package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class DescriptorsTest {

    @Test
    void shouldKeepAReserve() {
        assertThat(Descriptors.connectionsMax(10_000, 1_000_000, 100)).isEqualTo(10_000);
        assertThat(Descriptors.connectionsMax(10_000, 1024, 100))
                .isEqualTo(1024 - 100 - Descriptors.RESERVE - ConnectionCount.ANSWERED_MAX);
        assertThat(Descriptors.connectionsMax(10_000, 256, 100)).isEqualTo(1);
    }
}
