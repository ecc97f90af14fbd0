package dev.tessera.impl.gateway.http;

import dev.tessera.impl.json.Utf8;
import java.nio.charset.StandardCharsets;

/** Text in URLs (RFC 3986, section 2.1): strict, so that no two texts that differ become the same key. */
final class PercentDecoder {

    /** Says that a text is not percent-encoded UTF-8. It is an answer to a client, so it carries no stack trace. */
    static final class IllFormed extends Exception {

        private static final long serialVersionUID = 1L;

        IllFormed(String message) {
            super(message, null, false, false);
        }
    }

    private PercentDecoder() {}

    /** Decodes a part of a path: {@code +} is a plus. */
    static String ofPath(String raw) throws IllFormed {
        byte[] bytes = new byte[raw.length()];
        int size = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c > 0x7F) {
                throw new IllFormed("a URL must be ASCII; encode other characters as %XX");
            }
            if (c == '%') {
                bytes[size++] = (byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2));
                i += 2;
            } else {
                bytes[size++] = (byte) c;
            }
        }
        if (!Utf8.isWellFormed(bytes, 0, size)) {
            throw new IllFormed("the URL is not percent-encoded UTF-8");
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    /**
     * The value of a parameter of a query: the first of this name, with {@code +} for a space; null where there is
     * none.
     *
     * @param query what follows the question mark, or null
     */
    static String ofQuery(String query, String name) throws IllFormed {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String pairName = equals < 0 ? pair : pair.substring(0, equals);
            if (ofPath(pairName.replace('+', ' ')).equals(name)) {
                return equals < 0 ? "" : ofPath(pair.substring(equals + 1).replace('+', ' '));
            }
        }
        return null;
    }

    private static int hex(String raw, int at) throws IllFormed {
        int digit = at < raw.length() && raw.charAt(at) <= 0x7F ? Character.digit(raw.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllFormed("a % in a URL must be followed by two hexadecimal digits");
        }
        return digit;
    }
}
