package dev.tessera.impl.jsonpath.text;

/**
 * The exact order of JSON numbers by their text, without conversion.
 *
 * <p>A number is {@code sign * 0.d1d2d3... * 10^scale} with {@code d1} not zero. Two numbers of one sign are compared
 * by scale, then digit by digit, missing digits being zeros; so {@code 1.0} equals {@code 1}, {@code -0} equals
 * {@code 0}, and {@code 1e400} differs from {@code 1e401}. Exponents beyond {@value #EXPONENT_MAX} are taken as that.
 */
final class Numbers {

    private static final long EXPONENT_MAX = 1_000_000_000_000_000L;
    /** A number with at most this many digits, signs and points fits a long. */
    private static final int LONG_CHARS_MAX = 18;

    private static final long NOT_PLAIN = Long.MIN_VALUE;

    private Numbers() {}

    static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        long plainA = plain(a, aFrom, aTo);
        long plainB = plainA == NOT_PLAIN ? NOT_PLAIN : plain(b, bFrom, bTo);
        if (plainB == NOT_PLAIN) {
            return compareAny(a, aFrom, aTo, b, bFrom, bTo);
        }
        int shift = decimals(a, aFrom, aTo) - decimals(b, bFrom, bTo);
        if (shift == 0) {
            return Long.compare(plainA, plainB);
        }
        if (Math.max(aTo - aFrom, bTo - bFrom) + Math.abs(shift) > LONG_CHARS_MAX) {
            return compareAny(a, aFrom, aTo, b, bFrom, bTo);
        }
        return shift > 0 ? Long.compare(plainA, shifted(plainB, shift)) : Long.compare(shifted(plainA, -shift), plainB);
    }

    /** Returns a number without an exponent as a long, as if it had no decimal point, or {@link #NOT_PLAIN}. */
    private static long plain(byte[] text, int from, int to) {
        if (to - from > LONG_CHARS_MAX) {
            return NOT_PLAIN;
        }
        boolean negative = text[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (text[i] != '.') {
                return NOT_PLAIN;
            }
        }
        return negative ? -value : value;
    }

    private static int decimals(byte[] text, int from, int to) {
        for (int i = to - 1; i > from; i--) {
            if (text[i] == '.') {
                return to - 1 - i;
            }
        }
        return 0;
    }

    private static long shifted(long value, int digits) {
        for (int i = 0; i < digits; i++) {
            value *= 10;
        }
        return value;
    }

    private static int compareAny(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        int signA = sign(a, aFrom, aTo);
        int signB = sign(b, bFrom, bTo);
        if (signA != signB || signA == 0) {
            return Integer.compare(signA, signB);
        }
        int byScale = Long.compare(scale(a, aFrom, aTo), scale(b, bFrom, bTo));
        return signA * (byScale != 0 ? byScale : compareDigits(a, aFrom, aTo, b, bFrom, bTo));
    }

    private static int sign(byte[] text, int from, int to) {
        int first = firstDigit(text, from, to);
        if (first == to) {
            return 0;
        }
        return text[from] == '-' ? -1 : 1;
    }

    /** Returns the position of the first digit that is not zero, or {@code to} if the number is zero. */
    private static int firstDigit(byte[] text, int from, int to) {
        for (int i = from; i < to && !isExponentMark(text[i]); i++) {
            if (text[i] >= '1' && text[i] <= '9') {
                return i;
            }
        }
        return to;
    }

    private static long scale(byte[] text, int from, int to) {
        int point = -1;
        int mantissaEnd = from;
        while (mantissaEnd < to && !isExponentMark(text[mantissaEnd])) {
            if (text[mantissaEnd] == '.') {
                point = mantissaEnd;
            }
            mantissaEnd++;
        }
        int first = firstDigit(text, from, to);
        int unit = point < 0 ? mantissaEnd : point;
        long scale = first < unit ? unit - first : unit - first + 1;
        return scale + exponent(text, mantissaEnd + 1, to);
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

    private static int compareDigits(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        int i = firstDigit(a, aFrom, aTo);
        int j = firstDigit(b, bFrom, bTo);
        while (true) {
            i = i < aTo && a[i] == '.' ? i + 1 : i;
            j = j < bTo && b[j] == '.' ? j + 1 : j;
            boolean endA = i >= aTo || isExponentMark(a[i]);
            boolean endB = j >= bTo || isExponentMark(b[j]);
            if (endA && endB) {
                return 0;
            }
            int digitA = endA ? '0' : a[i++];
            int digitB = endB ? '0' : b[j++];
            if (digitA != digitB) {
                return Integer.compare(digitA, digitB);
            }
        }
    }

    private static boolean isExponentMark(byte b) {
        return b == 'e' || b == 'E';
    }
}
