package dev.tessera.impl.gateway.http;

import dev.tessera.impl.json.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A decoder for percent-encoded text (RFC 3986, section 2.1). It is strict, so different texts never name one key. */
final class PercentDecoder {

    /** Reports a text that is not percent-encoded UTF-8. It becomes an answer to a client, so it has no stack trace. */
    static final class IllFormed extends Exception {

        private static final long serialVersionUID = 1L;

        IllFormed(String message) {
            super(message, null, false, false);
        }
    }

    private PercentDecoder() {}

    /** Decodes a part of a path. A {@code +} stays a plus. */
    static String ofPath(String raw) throws IllFormed {
        byte[] bytes = new byte[raw.length()];
        int size = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c > 0x7F) {
                throw new IllFormed(HttpMessages.URL_NOT_ASCII);
            }
            if (c == '%') {
                bytes[size++] = (byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2));
                i += 2;
            } else {
                bytes[size++] = (byte) c;
            }
        }
        if (!Utf8.isWellFormed(bytes, 0, size)) {
            throw new IllFormed(HttpMessages.URL_NOT_UTF8);
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    /**
     * Returns the value of the first parameter of this name; null if there is none. A {@code +} becomes a space.
     *
     * @param query the text after the question mark, or null
     */
    static @Nullable String ofQuery(@Nullable String query, String name) throws IllFormed {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
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
            throw new IllFormed(HttpMessages.NOT_PERCENT_ENCODED);
        }
        return digit;
    }
}
