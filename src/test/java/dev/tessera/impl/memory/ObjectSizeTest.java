package dev.tessera.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ObjectSizeTest {

    private static final int REGION = 1 << 20;

    @Test
    void shouldCountHeaderAndAlignment() {
        assertThat(ObjectSize.ofBytes(0)).isEqualTo(16);
        assertThat(ObjectSize.ofBytes(1)).isEqualTo(24);
        assertThat(ObjectSize.ofBytes(8)).isEqualTo(24);
        assertThat(ObjectSize.ofInts(3)).isEqualTo(32);
    }

    @Test
    void shouldCountWholeRegionsForMoreThanHalfARegion() {
        assertThat(ObjectSize.inRegions(REGION / 2, REGION)).isEqualTo(REGION / 2);
        assertThat(ObjectSize.inRegions(REGION / 2 + 8, REGION)).isEqualTo(REGION);
        assertThat(ObjectSize.inRegions(REGION, REGION)).isEqualTo(REGION);
        assertThat(ObjectSize.inRegions(REGION + 8, REGION)).isEqualTo(2 * REGION);
    }

    @Test
    void shouldBoundArraysTogether() {
        for (int length = 1; length <= 64 << 20; length *= 2) {
            assertThat(ObjectSize.ofBytesMax(3, 3L * length)).isGreaterThanOrEqualTo(3 * ObjectSize.ofBytes(length));
            assertThat(ObjectSize.ofBytesMax(2, length + 1L))
                    .isGreaterThanOrEqualTo(ObjectSize.ofBytes(1) + ObjectSize.ofBytes(length));
        }
    }
}
