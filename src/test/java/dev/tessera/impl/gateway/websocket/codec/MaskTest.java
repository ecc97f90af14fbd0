package dev.tessera.impl.gateway.websocket.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class MaskTest {

    private static final int KEY = 0x37FA213D;

    @Test
    void shouldUnmaskTheSampleOfTheRfc() {
        byte[] bytes = ClientFrames.bytes(0x7F, 0x9F, 0x4D, 0x51, 0x58);

        Mask.apply(bytes, 0, 5, KEY);

        assertThat(bytes).asString().isEqualTo("Hello");
    }

    @Test
    void shouldTouchOnlyTheRangeAtEveryOffsetAndLength() {
        byte[] random = new byte[100];
        new Random(1).nextBytes(random);
        for (int from = 0; from <= 16; from++) {
            for (int to = from; to <= 80; to++) {
                byte[] expected = random.clone();
                byte[] masked = ClientFrames.masked(Arrays.copyOfRange(random, from, to), KEY);
                System.arraycopy(masked, 0, expected, from, masked.length);
                byte[] actual = random.clone();

                Mask.apply(actual, from, to, KEY);

                assertThat(actual).as("%d to %d", from, to).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldContinueAfterAStop() {
        byte[] payload = "a payload that comes in three pieces".getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= payload.length; first++) {
            for (int second = first; second <= payload.length; second++) {
                byte[] actual = payload.clone();

                Mask.apply(actual, 0, first, KEY);
                int key = Mask.advance(KEY, first);
                Mask.apply(actual, first, second, key);
                Mask.apply(actual, second, actual.length, Mask.advance(key, second - first));

                assertThat(actual).isEqualTo(ClientFrames.masked(payload, KEY));
            }
        }
    }
}
