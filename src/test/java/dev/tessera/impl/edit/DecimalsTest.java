package dev.tessera.impl.edit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class DecimalsTest {

    private static final int DIGITS_MAX = 1_000;

    private static String add(String a, String b, int digitsMax) {
        byte[] textA = ("xx" + a + "x").getBytes(US_ASCII);
        byte[] textB = ("x" + b).getBytes(US_ASCII);
        return new String(Decimals.add(textA, 2, textA.length - 1, textB, 1, textB.length, digitsMax), US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    1, 1, 2
                    0, 0, 0
                    -0, 0, 0
                    -0.0, 0, 0.0
                    5, -7, -2
                    0.1, 0.2, 0.3
                    1.10, 0.90, 2.00
                    1.5, -1.5, 0.0
                    9007199254740993, 2, 9007199254740995
                    999999999999999999, 999999999999999999, 1999999999999999998
                    9223372036854775807, 1, 9223372036854775808
                    -999999999999999999999, -1, -1000000000000000000000
                    1e3, 1, 1001
                    1E+2, 1e2, 200
                    1e-3, 1, 1.001
                    1.500e2, 0, 150.0
                    0e999999999999, 1, 1
                    0.00e-2, 0, 0.0000
                    12345678901234567890.123456789, 1e-20, 12345678901234567890.12345678900000000001
                    """)
    void shouldAddExactlyInPlainNotation(String a, String b, String sum) {
        assertThat(add(a, b, DIGITS_MAX)).isEqualTo(sum);
        assertThat(add(b, a, DIGITS_MAX)).isEqualTo(sum);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "0e-999999999",
                "1e99999999999999999999999999",
                "1e-99999999999999999999999999",
                "1e1000",
                "0.1e-1000"
            })
    void shouldRefuseTooManyDigitsAtOnce(String number) {
        assertThatThrownBy(() -> add(number, "1", DIGITS_MAX)).hasMessage(EditMessages.tooManyDigits(DIGITS_MAX));
        assertThatThrownBy(() -> add("1", number, DIGITS_MAX)).hasMessage(EditMessages.tooManyDigits(DIGITS_MAX));
    }

    @Test
    void shouldCountTheDigitsOfTheSum() {
        String nines = "9".repeat(20);
        assertThat(add(nines, "0", 20)).isEqualTo(nines);
        assertThatThrownBy(() -> add(nines, "1", 20)).hasMessage(EditMessages.tooManyDigits(20));
        assertThat(add("1e19", "1", 20)).hasSize(20);
        assertThatThrownBy(() -> add("1e20", "1", 20)).hasMessage(EditMessages.tooManyDigits(20));
        assertThat(add("0." + "1".repeat(19), "1", 20)).hasSize(21);
        assertThatThrownBy(() -> add("0." + "1".repeat(20), "1", 20)).hasMessage(EditMessages.tooManyDigits(20));
        assertThatThrownBy(() -> add("1e15", "1e-15", 20)).hasMessage(EditMessages.tooManyDigits(20));
    }

    @Test
    void shouldTakeLongTextsOfShortNumbers() {
        assertThat(add("0." + "0".repeat(100_000) + "1e100000", "1", 20)).isEqualTo("1.1");
        assertThat(add("1e" + "0".repeat(100_000) + "5", "1", 20)).isEqualTo("100001");
    }

    @Test
    void shouldAddAsBigDecimalDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomJson json = new RandomJson(random);
        for (int i = 0; i < 20_000; i++) {
            String a = json.number();
            String b = random.nextInt(10) == 0 ? a : json.number();
            BigDecimal sum = new BigDecimal(a).add(new BigDecimal(b));
            String plain = sum.toPlainString();
            long digits = plain.chars().filter(Character::isDigit).count();
            if (Math.max(Math.max(digits, digits(a)), digits(b)) <= DIGITS_MAX) {
                assertThat(add(a, b, DIGITS_MAX))
                        .as("seed %d: %s + %s", seed, a, b)
                        .isEqualTo(plain);
            } else {
                assertThatThrownBy(() -> add(a, b, DIGITS_MAX))
                        .as("seed %d: %s + %s", seed, a, b)
                        .isInstanceOf(EditException.class);
            }
        }
    }

    private static long digits(String number) {
        return new BigDecimal(number)
                .toPlainString()
                .chars()
                .filter(Character::isDigit)
                .count();
    }
}
