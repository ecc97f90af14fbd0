package dev.tessera.impl.command.parameter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class SecondsTest {

    private static long parse(String text) {
        byte[] bytes = ("x" + text + "9").getBytes(US_ASCII);
        return Seconds.parse(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0.0,0",
        "0.000,0",
        "0.001,1",
        "0.01,10",
        "0.1,100",
        "1,1000",
        "1.5,1500",
        "1.50,1500",
        "1.500,1500",
        "12345.678,12345678",
        "9007199254740.993,9007199254740993",
        "999999999999999.999,999999999999999999",
        "1000000000000000,0",
        "18446744073709551616,0",
        "99999999999999999999999999999999999999999.1,0"
    })
    void shouldReadExactMilliseconds(String text, long milliseconds) {
        assertThat(parse(text)).isEqualTo(milliseconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0", "-1", "-0.5", "1e3", "1E3", "1.5e1", "0.0000", "1.2345", "true", "null", "\"1\"", "[1]", "{}",
                "1.-2", "1.2.3", "05", "00", "00.5", "5."
            })
    void shouldRefuseAnythingElse(String text) {
        assertThat(parse(text)).isEqualTo(Seconds.INVALID);
    }

    @Test
    void shouldAgreeWithBigDecimal() {
        for (long seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            BigDecimal number = BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000_000L), random.nextInt(3, 6));
            String text = number.toPlainString();

            assertThat(parse(text))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(
                            number.scale() > 3
                                    ? Seconds.INVALID
                                    : number.movePointRight(3).longValueExact());
        }
    }
}
