package dev.tessera.impl.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The canonical text of a JSON string: the text between its quotes, with the fewest escapes, each in one form.
 *
 * <pre>
 *   "  \        as  \"  \\
 *   U+0000..1F  as  \b \f \n \r \t  or  \\u00xx  (lower case)
 *   all else    as  its UTF-8
 * </pre>
 *
 * <p>Two JSON strings are equal exactly if their canonical texts have the same bytes. The server therefore keeps keys
 * and names in this form: it compares bytes, and writes them between quotes without a change.
 */
public final class JsonString {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** For a control character: the letter of its short escape, or 0. */
    private static final byte[] SHORT = new byte[' '];

    static {
        SHORT['\b'] = 'b';
        SHORT['\f'] = 'f';
        SHORT['\n'] = 'n';
        SHORT['\r'] = 'r';
        SHORT['\t'] = 't';
    }

    private JsonString() {}

    /**
     * Makes the content of a validated JSON string canonical, in place: the canonical text is never longer.
     *
     * @return the end index of the canonical text, which begins at {@code from}
     */
    public static int canonicalize(byte[] text, int from, int to) {
        int in = from;
        int out = from;
        while (in < to) {
            byte b = text[in++];
            if (b != '\\') {
                text[out++] = b;
                continue;
            }
            byte letter = text[in++];
            switch (letter) {
                case 'u' -> {
                    int point = hex4(text, in);
                    in += 4;
                    if (Character.isHighSurrogate((char) point)) {
                        point = Character.toCodePoint((char) point, (char) hex4(text, in + 2));
                        in += 6;
                    }
                    out = put(text, out, point);
                }
                case 'b' -> out = put(text, out, '\b');
                case 'f' -> out = put(text, out, '\f');
                case 'n' -> out = put(text, out, '\n');
                case 'r' -> out = put(text, out, '\r');
                case 't' -> out = put(text, out, '\t');
                default -> out = put(text, out, letter);
            }
        }
        return out;
    }

    /** Returns the canonical text of a Java string. A lone surrogate becomes U+FFFD, because it has no UTF-8. */
    public static byte[] canonical(String string) {
        byte[] text = new byte[string.length() * 6];
        int out = 0;
        for (int i = 0; i < string.length(); ) {
            int point = string.codePointAt(i);
            i += Character.charCount(point);
            out = put(
                    text, out, Character.isBmpCodePoint(point) && Character.isSurrogate((char) point) ? 0xFFFD : point);
        }
        return Arrays.copyOf(text, out);
    }

    /** Returns the Java string of a canonical text. */
    public static String decode(byte[] text, int from, int to) {
        var string = new StringBuilder(to - from);
        int run = from;
        for (int i = from; i < to; ) {
            if (text[i] != '\\') {
                i++;
                continue;
            }
            string.append(new String(text, run, i - run, StandardCharsets.UTF_8));
            byte letter = text[i + 1];
            i += 2;
            switch (letter) {
                case 'u' -> {
                    string.append((char) hex4(text, i));
                    i += 4;
                }
                case 'b' -> string.append('\b');
                case 'f' -> string.append('\f');
                case 'n' -> string.append('\n');
                case 'r' -> string.append('\r');
                case 't' -> string.append('\t');
                default -> string.append((char) letter);
            }
            run = i;
        }
        return string.append(new String(text, run, to - run, StandardCharsets.UTF_8))
                .toString();
    }

    private static int hex4(byte[] text, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = unit << 4 | Character.digit(text[i], 16);
        }
        return unit;
    }

    private static int put(byte[] text, int at, int point) {
        int out = at;
        if (point == '"' || point == '\\') {
            text[out++] = '\\';
            text[out++] = (byte) point;
        } else if (point < ' ') {
            text[out++] = '\\';
            if (SHORT[point] != 0) {
                text[out++] = SHORT[point];
            } else {
                text[out++] = 'u';
                text[out++] = '0';
                text[out++] = '0';
                text[out++] = HEX[point >> 4];
                text[out++] = HEX[point & 15];
            }
        } else if (point < 0x80) {
            text[out++] = (byte) point;
        } else if (point < 0x800) {
            text[out++] = (byte) (0xC0 | (point >> 6));
            text[out++] = (byte) (0x80 | (point & 63));
        } else if (point < 0x10000) {
            text[out++] = (byte) (0xE0 | (point >> 12));
            text[out++] = (byte) (0x80 | ((point >> 6) & 63));
            text[out++] = (byte) (0x80 | (point & 63));
        } else {
            text[out++] = (byte) (0xF0 | (point >> 18));
            text[out++] = (byte) (0x80 | ((point >> 12) & 63));
            text[out++] = (byte) (0x80 | ((point >> 6) & 63));
            text[out++] = (byte) (0x80 | (point & 63));
        }
        return out;
    }
}
