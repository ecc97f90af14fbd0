package dev.tessera.impl.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks of UTF-8, as in table 3-7 of Unicode: no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {

    private Utf8() {}

    /** Returns whether the slice is well-formed UTF-8. */
    public static boolean isWellFormed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (bytes[at] >= 0) {
                at++;
            } else {
                int length = sequenceLength(bytes, at, to);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** Encodes a string in UTF-8; returns null if it has a lone surrogate, because UTF-8 cannot encode one. */
    public static byte @Nullable [] encode(String string) {
        for (int i = 0; i < string.length(); i++) {
            char unit = string.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == string.length()
                        || !Character.isLowSurrogate(string.charAt(i + 1))) {
                    return null;
                }
                i++;
            }
        }
        return string.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the length of the sequence at {@code at}, which begins with a byte above 0x7F: 2 to 4 bytes, or 0 if the
     * sequence is ill-formed.
     */
    static int sequenceLength(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4 || at + 1 >= to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        if (lead < 0xE0) {
            return isContinuation(second) ? 2 : 0;
        }
        if (lead < 0xF0) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return second >= low && second <= high && at + 2 < to && isContinuation(bytes[at + 2] & 0xFF) ? 3 : 0;
        }
        int low = lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xF4 ? 0x8F : 0xBF;
        return second >= low
                        && second <= high
                        && at + 3 < to
                        && isContinuation(bytes[at + 2] & 0xFF)
                        && isContinuation(bytes[at + 3] & 0xFF)
                ? 4
                : 0;
    }

    private static boolean isContinuation(int octet) {
        return (octet & 0xC0) == 0x80;
    }
}
