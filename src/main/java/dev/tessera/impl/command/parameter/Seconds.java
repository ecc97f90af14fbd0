package dev.tessera.impl.command.parameter;

/** Numbers of seconds with at most three decimals, as JSON writes them: no sign and no exponent. Exact. */
public final class Seconds {

    /** The form of these numbers, in plain words. */
    public static final String FORM = "a number of seconds with at most three decimals";

    /** Stands for a text that is no such number. */
    static final long INVALID = Long.MIN_VALUE;

    /** As many seconds, about 32 million years, or more are for ever. */
    private static final long SECONDS_MAX = 1_000_000_000_000_000L;

    private static final int DECIMALS_MAX = 3;

    private Seconds() {}

    /** Returns whether a text is such a number. */
    public static boolean isValid(byte[] text) {
        return parse(text, 0, text.length) != INVALID;
    }

    /** Returns the milliseconds of a JSON value; {@link Ttl#FOR_EVER} for very many; {@link #INVALID} if it is none. */
    static long parse(byte[] text, int from, int to) {
        long seconds = 0;
        int at = from;
        for (; at < to && isDigit(text[at]); at++) {
            seconds = Math.min(seconds * 10 + text[at] - '0', SECONDS_MAX);
        }
        boolean leadingZero = at - from > 1 && text[from] == '0';
        if (at == from || leadingZero) {
            return INVALID;
        }
        long fraction = at == to ? 0 : parseFraction(text, at, to);
        if (fraction == INVALID) {
            return INVALID;
        }
        return seconds == SECONDS_MAX ? Ttl.FOR_EVER : seconds * 1000 + fraction;
    }

    /** Returns the milliseconds of a point and some decimals. */
    private static long parseFraction(byte[] text, int from, int to) {
        if (text[from] != '.' || to - from == 1 || to - from > 1 + DECIMALS_MAX) {
            return INVALID;
        }
        long milliseconds = 0;
        int at = from + 1;
        for (; at < to; at++) {
            if (!isDigit(text[at])) {
                return INVALID;
            }
            milliseconds = milliseconds * 10 + text[at] - '0';
        }
        for (; at < from + 1 + DECIMALS_MAX; at++) {
            milliseconds *= 10;
        }
        return milliseconds;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
