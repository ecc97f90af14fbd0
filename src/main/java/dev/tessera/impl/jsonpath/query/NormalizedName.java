package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.Utf8Appender;

/** Writes a member name as it stands between the quotes of a normalized path (RFC 9535, section 2.7). */
final class NormalizedName {

    private static final String HEX = "0123456789abcdef";

    private NormalizedName() {}

    static void append(byte[] utf8, Utf8Appender out) {
        int copied = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            boolean escaped = (b >= 0 && b < ' ') || b == '\'' || b == '\\';
            if (escaped) {
                out.bytes(utf8, copied, i);
                escape(b, out);
                copied = i + 1;
            }
        }
        out.bytes(utf8, copied, utf8.length);
    }

    private static void escape(byte b, Utf8Appender out) {
        out.ascii('\\');
        switch (b) {
            case '\b' -> out.ascii('b');
            case '\t' -> out.ascii('t');
            case '\n' -> out.ascii('n');
            case '\f' -> out.ascii('f');
            case '\r' -> out.ascii('r');
            case '\'', '\\' -> out.ascii((char) b);
            default -> {
                out.ascii("u00");
                out.ascii(HEX.charAt(b >> 4));
                out.ascii(HEX.charAt(b & 0xF));
            }
        }
    }
}
