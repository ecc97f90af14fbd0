package dev.tessera.impl.journal;

import java.util.Locale;

/**
 * Names of the journal's files: {@code 0000000001.log}, with an ending more while, or because, they are no part of the
 * log.
 */
final class SegmentName {

    /** Of what becomes a part of the log when it is complete. */
    static final String PENDING = ".pending";
    /** Of what was put aside by a repair. */
    static final String DAMAGED = ".damaged";

    private static final String LOG = ".log";
    private static final int DIGITS = 10;

    private SegmentName() {}

    static String of(long number) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number) + LOG;
    }

    /** The number in the name of a segment; 0 where it is the name of something else. */
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
