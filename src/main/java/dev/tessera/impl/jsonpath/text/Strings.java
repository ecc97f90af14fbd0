package dev.tessera.impl.jsonpath.text;

import java.util.Arrays;

/**
 * Stored JSON strings: escapes, length and order.
 *
 * <p>All ranges are a string's content, between its quotes. UTF-8 in unsigned byte order is code point order, and RFC
 * 9535 compares strings in that order.
 */
final class Strings {

    private Strings() {}

    static boolean hasEscape(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Returns the content in UTF-8 with every escape resolved. */
    static byte[] decode(byte[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            byte b = text[at++];
            if (b != '\\') {
                out[length++] = b;
                continue;
            }
            byte escape = at < to ? text[at++] : (byte) '\\';
            if (escape != 'u') {
                out[length++] = unescaped(escape);
                continue;
            }
            int codePoint = hex(text, at, to);
            at += 4;
            if (Character.isHighSurrogate((char) codePoint) && at + 6 <= to) {
                codePoint = Character.toCodePoint((char) codePoint, (char) hex(text, at + 2, to));
                at += 6;
            }
            length = encode(codePoint, out, length);
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    /** Counts Unicode code points; an escaped surrogate pair is one. */
    static int codePoints(byte[] text, int from, int to) {
        int count = 0;
        int at = from;
        while (at < to) {
            byte b = text[at++];
            if (b == '\\') {
                boolean unicode = at < to && text[at] == 'u';
                boolean pair = unicode && Character.isHighSurrogate((char) hex(text, at + 1, to));
                at += pair ? 11 : unicode ? 5 : 1;
                count++;
            } else if ((b & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        if (hasEscape(a, aFrom, aTo)) {
            byte[] decoded = decode(a, aFrom, aTo);
            return compare(decoded, b, bFrom, bTo);
        }
        if (hasEscape(b, bFrom, bTo)) {
            byte[] decoded = decode(b, bFrom, bTo);
            return Arrays.compareUnsigned(a, aFrom, aTo, decoded, 0, decoded.length);
        }
        return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
    }

    /** Compares decoded UTF-8 with a content that may hold escapes. */
    static int compare(byte[] utf8, byte[] b, int bFrom, int bTo) {
        if (hasEscape(b, bFrom, bTo)) {
            return Arrays.compareUnsigned(utf8, decode(b, bFrom, bTo));
        }
        return Arrays.compareUnsigned(utf8, 0, utf8.length, b, bFrom, bTo);
    }

    private static byte unescaped(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private static int hex(byte[] text, int at, int to) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | (i < to ? Character.digit(text[i], 16) & 0xF : 0);
        }
        return value;
    }

    private static int encode(int codePoint, byte[] out, int length) {
        if (codePoint < 0x80) {
            out[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[length++] = (byte) (0xC0 | (codePoint >> 6));
            out[length++] = (byte) (0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            out[length++] = (byte) (0xE0 | (codePoint >> 12));
            out[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            out[length++] = (byte) (0x80 | (codePoint & 0x3F));
        } else {
            out[length++] = (byte) (0xF0 | (codePoint >> 18));
            out[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            out[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            out[length++] = (byte) (0x80 | (codePoint & 0x3F));
        }
        return length;
    }
}
