package dev.tessera.impl.edit;

import dev.tessera.impl.edit.EditException.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Exact sums of JSON numbers in plain notation. A sum has as many decimals as the number with more of them. There is no
 * negative zero.
 *
 * <p>The digits of plain notation are counted before anything of their number is allocated, because {@code 1e999999999}
 * is short and its plain notation is not.
 */
public final class Decimals {

    /** A number with at most this many digits and signs fits a long, and so does the sum of two. */
    private static final int LONG_CHARS_MAX = 18;

    private static final long NOT_LONG = Long.MIN_VALUE;
    /** Larger exponents count as this one. No text has as many digits. */
    private static final long EXPONENT_MAX = 1_000_000_000_000_000L;

    private Decimals() {}

    /**
     * Returns the sum of two JSON numbers.
     *
     * @param digitsMax the most digits of each number and of the sum in plain notation, at least 20
     * @throws EditException if a number has more digits
     */
    public static byte[] add(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo, int digitsMax) {
        long longA = asLong(a, aFrom, aTo);
        long longB = longA == NOT_LONG ? NOT_LONG : asLong(b, bFrom, bTo);
        if (longB != NOT_LONG) {
            return ascii(Long.toString(longA + longB));
        }
        BigDecimal sum = decimal(a, aFrom, aTo, digitsMax).add(decimal(b, bFrom, bTo, digitsMax));
        long integerDigits = sum.signum() == 0 ? 1 : Math.max(1L, (long) sum.precision() - sum.scale());
        requireDigits(integerDigits + Math.max(0, sum.scale()), digitsMax);
        return ascii(sum.toPlainString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void requireDigits(long digits, int digitsMax) {
        if (digits > digitsMax) {
            throw new EditException(Reason.LIMIT, EditMessages.tooManyDigits(digitsMax));
        }
    }

    /** Returns a short integer without an exponent, or {@link #NOT_LONG}. */
    private static long asLong(byte[] text, int from, int to) {
        if (to - from > LONG_CHARS_MAX) {
            return NOT_LONG;
        }
        boolean negative = text[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return NOT_LONG;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private static BigDecimal decimal(byte[] text, int from, int to, int digitsMax) {
        int mantissaTo = from;
        int pointAt = -1;
        int firstNonZero = -1;
        for (; mantissaTo < to && (text[mantissaTo] | 0x20) != 'e'; mantissaTo++) {
            if (text[mantissaTo] == '.') {
                pointAt = mantissaTo;
            } else if (firstNonZero < 0 && text[mantissaTo] >= '1') {
                firstNonZero = mantissaTo;
            }
        }
        int integerTo = pointAt < 0 ? mantissaTo : pointAt;
        long exponent = exponent(text, mantissaTo + 1, to);
        long decimals = Math.max(0, (pointAt < 0 ? 0 : mantissaTo - pointAt - 1) - exponent);
        if (firstNonZero < 0) {
            requireDigits(1 + decimals, digitsMax);
            return BigDecimal.valueOf(0, (int) decimals);
        }
        // The distance from the first digit that is not zero to the decimal point.
        long integerDigits = integerTo - firstNonZero + (firstNonZero > integerTo ? 1 : 0) + exponent;
        requireDigits(Math.max(1, integerDigits) + decimals, digitsMax);
        return new BigDecimal(new String(text, from, mantissaTo - from, StandardCharsets.ISO_8859_1))
                .scaleByPowerOfTen((int) exponent);
    }

    private static long exponent(byte[] text, int from, int to) {
        if (from >= to) {
            return 0;
        }
        boolean negative = text[from] == '-';
        long value = 0;
        for (int i = negative || text[from] == '+' ? from + 1 : from; i < to; i++) {
            value = Math.min(value * 10 + (text[i] - '0'), EXPONENT_MAX);
        }
        return negative ? -value : value;
    }
}
