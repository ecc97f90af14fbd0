package dev.tessera.impl.journal;

import java.util.Locale;

/** The names of the journal's files: {@code 0000000001.log}. A further suffix marks a file that is not in the log. */
final class SegmentName {

    /** The suffix of a file that joins the log after it is complete. */
    static final String PENDING = ".pending";
    /** The suffix of a file that a repair removed from the log. */
    static final String DAMAGED = ".damaged";

    private static final String LOG = ".log";
    private static final int DIGITS = 10;

    private SegmentName() {}

    static String of(long number) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number) + LOG;
    }

    /** Returns the number in the name of a segment, or 0 if this is not the name of a segment. */
    static long numberIn(String name) {
        if (!name.endsWith(LOG)) {
            return 0;
        }
        String digits = name.substring(0, name.length() - LOG.length());
        if (digits.length() < DIGITS
                || digits.length() > DIGITS + 8
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return Long.parseLong(digits);
    }
}
