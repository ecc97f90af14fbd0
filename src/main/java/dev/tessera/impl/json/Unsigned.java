package dev.tessera.impl.json;

/** Unsigned 64-bit integers as JSON writes them: digits alone, no sign, fraction, exponent or leading zero. */
public final class Unsigned {

    private static final int DIGITS_MAX = 20;
    private static final long TENTH_OF_MAX = Long.divideUnsigned(-1L, 10);

    private Unsigned() {}

    /** Returns whether the slice of a JSON number is an integer of 0 to 2^64-1. */
    public static boolean isUnsigned(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 0 || length > DIGITS_MAX || (text[from] == '0' && length > 1)) {
            return false;
        }
        int at = from;
        while (at + 8 <= to && Bytes.isEightDigits(Bytes.longAt(text, at))) {
            at += 8;
        }
        for (; at < to; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return false;
            }
        }
        if (length < DIGITS_MAX) {
            return true;
        }
        long head = parse(text, from, to - 1);
        int last = text[to - 1] - '0';
        return Long.compareUnsigned(head, TENTH_OF_MAX) < 0 || (head == TENTH_OF_MAX && last <= 5);
    }

    /** Returns the value of a slice that {@link #isUnsigned} accepts. */
    public static long parse(byte[] text, int from, int to) {
        long value = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            value = value * 100_000_000 + Bytes.eightDigits(Bytes.longAt(text, at));
        }
        for (; at < to; at++) {
            value = value * 10 + (text[at] - '0');
        }
        return value;
    }
}
