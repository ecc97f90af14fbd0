package dev.tessera.impl.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class Utf8Test {

    /** The bytes at which a rule of UTF-8 begins or ends. */
    private static final int[] EDGES = {
        0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xF0, 0xFF
    };

    private final CharsetDecoder decoder = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer decoded = CharBuffer.allocate(256);

    @Test
    void shouldAgreeWithTheJdkOnAllSequencesOfOneAndTwoBytes() {
        for (int one = 0; one < 256; one++) {
            assertAgreement("", (byte) one);
            for (int two = 0; two < 256; two++) {
                assertAgreement("", (byte) one, (byte) two);
            }
        }
    }

    @Test
    void shouldAgreeWithTheJdkOnAllSequencesOfThreeBytesAfterALead() {
        for (int one = 0xC0; one < 256; one++) {
            for (int two = 0; two < 256; two++) {
                for (int three = 0; three < 256; three++) {
                    assertAgreement("", (byte) one, (byte) two, (byte) three);
                }
            }
        }
    }

    @Test
    void shouldAgreeWithTheJdkOnSequencesOfFourBytesAtTheEdges() {
        for (int one = 0xE0; one < 256; one++) {
            for (int two = 0; two < 256; two++) {
                for (int three : EDGES) {
                    for (int four : EDGES) {
                        assertAgreement("", (byte) one, (byte) two, (byte) three, (byte) four);
                    }
                }
            }
        }
    }

    @Test
    void shouldAgreeWithTheJdkOnRandomTexts() {
        long seed = 4L;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder();
            for (int points = random.nextInt(12); points > 0; points--) {
                int point;
                do {
                    point = random.nextInt(0x110000) >> random.nextInt(18);
                } while (point >= 0xD800 && point < 0xE000);
                text.appendCodePoint(point);
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertAgreement("seed " + seed + ", text " + i, bytes);
        }
    }

    @Test
    void shouldLookAtTheSliceAlone() {
        byte[] bytes = {(byte) 0x80, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0x80};

        assertThat(Utf8.isWellFormed(bytes, 1, 4)).isTrue();
        assertThat(Utf8.isWellFormed(bytes, 1, 3)).isFalse();
        assertThat(Utf8.isWellFormed(bytes, 0, 4)).isFalse();
        assertThat(Utf8.isWellFormed(bytes, 1, 5)).isFalse();
        assertThat(Utf8.isWellFormed(bytes, 2, 2)).isTrue();
    }

    private void assertAgreement(String when, byte... bytes) {
        decoded.clear();
        boolean expected =
                !decoder.reset().decode(ByteBuffer.wrap(bytes), decoded, true).isError();
        if (Utf8.isWellFormed(bytes, 0, bytes.length) != expected) {
            assertThat(Utf8.isWellFormed(bytes, 0, bytes.length))
                    .as("%s %s", when, HexFormat.of().formatHex(bytes))
                    .isEqualTo(expected);
        }
    }
}
