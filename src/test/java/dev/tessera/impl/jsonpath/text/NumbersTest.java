package dev.tessera.impl.jsonpath.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class NumbersTest {

    private static int compare(String a, String b) {
        byte[] first = a.getBytes(StandardCharsets.US_ASCII);
        byte[] second = b.getBytes(StandardCharsets.US_ASCII);
        return Integer.signum(Numbers.compare(first, 0, first.length, second, 0, second.length));
    }

    @Test
    void shouldTakeDifferentNotationsOfOneNumberAsEqual() {
        for (List<String> equal : List.of(
                List.of("1", "1.0", "10e-1", "0.1E+1", "1e0"),
                List.of("0", "-0", "0.0", "-0e5"),
                List.of("100", "1e2", "0.001e5", "100.000"))) {
            for (String a : equal) {
                for (String b : equal) {
                    assertThat(compare(a, b)).as(a + " and " + b).isZero();
                }
            }
        }
    }

    @Test
    void shouldTellApartWhatADoubleCannot() {
        assertThat(compare("9007199254740993", "9007199254740992")).isPositive();
        assertThat(compare("1e400", "1e401")).isNegative();
        assertThat(compare("-1e400", "-1e401")).isPositive();
        assertThat(compare("12345678901234567890.1", "12345678901234567890.2")).isNegative();
        assertThat(compare("1e-400", "0")).isPositive();
    }

    @Test
    void shouldTakeHugeExponentsWithoutComputingThem() {
        assertThat(compare("1e99999999999999999999", "1")).isPositive();
        assertThat(compare("1e-99999999999999999999", "1")).isNegative();
        assertThat(compare("-1e99999999999999999999", "1e-99999999999999999999"))
                .isNegative();
    }

    @Test
    void shouldAgreeWithBigDecimal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            String a = number(random);
            String b = random.nextInt(4) == 0 ? new BigDecimal(a).toString() : number(random);
            assertThat(compare(a, b))
                    .as("seed " + seed + ": " + a + " and " + b)
                    .isEqualTo(new BigDecimal(a).compareTo(new BigDecimal(b)));
        }
    }

    private static String number(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int digits = random.nextInt(3) == 0 ? random.nextInt(25) : random.nextInt(3);
        if (digits == 0) {
            text.append('0');
        } else {
            text.append(1 + random.nextInt(9));
            for (int i = 1; i < digits; i++) {
                text.append(random.nextInt(2));
            }
        }
        if (random.nextBoolean()) {
            text.append('.').append(random.nextInt(2)).append(random.nextInt(2)).append(random.nextInt(3));
        }
        if (random.nextBoolean()) {
            text.append(random.nextBoolean() ? "e" : "E")
                    .append(new String[] {"", "+", "-"}[random.nextInt(3)])
                    .append(random.nextInt(6));
        }
        return text.toString();
    }
}
