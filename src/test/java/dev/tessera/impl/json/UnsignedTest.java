package dev.tessera.impl.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class UnsignedTest {

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "9",
                "10",
                "9223372036854775807",
                "9223372036854775808",
                "9999999999999999999",
                "10000000000000000000",
                "18446744073709551609",
                "18446744073709551610",
                "18446744073709551614",
                "18446744073709551615",
                "3442644399356403325",
                "10838139838302738599"
            })
    void shouldTakeInteger(String text) {
        assertThat(isUnsigned(text)).isTrue();
        assertThat(parse(text)).isEqualTo(Long.parseUnsignedLong(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-0",
                "-1",
                "+1",
                "00",
                "01",
                "1.0",
                "1.5",
                "1e3",
                "1E3",
                "0.0",
                "18446744073709551616",
                "18446744073709551617",
                "18446744073709551620",
                "18446744073709551700",
                "19446744073709551615",
                "20000000000000000000",
                "99999999999999999999",
                "100000000000000000000",
                "184467440737095516150",
                "00000000000000000001",
                "\"1\"",
                "null",
                "true",
                "{}",
                "[1]",
                "1 ",
                " 1"
            })
    void shouldRefuse(String text) {
        assertThat(isUnsigned(text)).isFalse();
    }

    @Test
    void shouldAgreeWithBigIntegerOnRandomDigits() {
        long seed = 5L;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            BigInteger value = random.nextInt(3) == 0
                    ? LIMIT.add(BigInteger.valueOf(random.nextInt(200) - 100))
                    : new BigInteger(1 + random.nextInt(70), random);
            String text = value.toString();
            boolean fits = value.compareTo(LIMIT) < 0;
            assertThat(isUnsigned(text)).as("seed %d: %s", seed, text).isEqualTo(fits);
            if (fits) {
                assertThat(parse(text)).as("seed %d: %s", seed, text).isEqualTo(value.longValue());
            }
        }
    }

    @Test
    void shouldLookAtTheSliceAlone() {
        byte[] text = "1234567".getBytes(US_ASCII);

        assertThat(Unsigned.isUnsigned(text, 2, 5)).isTrue();
        assertThat(Unsigned.parse(text, 2, 5)).isEqualTo(345);
    }

    private static boolean isUnsigned(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return Unsigned.isUnsigned(bytes, 0, bytes.length);
    }

    private static long parse(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return Unsigned.parse(bytes, 0, bytes.length);
    }
}
