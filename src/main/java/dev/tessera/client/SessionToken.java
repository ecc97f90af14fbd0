package dev.tessera.client;

import dev.tessera.impl.json.Unsigned;
import java.nio.charset.StandardCharsets;

/**
 * The token of a session: an unsigned 64-bit integer. Everyone who knows it may use the session.
 *
 * @param bits the 64 bits; negative as a {@code long} if the token is 2<sup>63</sup> or more
 */
public record SessionToken(long bits) {

    /**
     * Parses the digits of a token.
     *
     * @throws IllegalArgumentException if the text is not an integer of 0 to 18446744073709551615
     */
    public static SessionToken parse(String digits) {
        byte[] text = Arguments.notNull(digits, "digits").getBytes(StandardCharsets.US_ASCII);
        if (!Unsigned.isUnsigned(text, 0, text.length)) {
            throw new IllegalArgumentException("a token must be an integer of 0 to 18446744073709551615");
        }
        return new SessionToken(Unsigned.parse(text, 0, text.length));
    }

    /** Returns the digits of the token, as on the wire. */
    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
