package dev.tessera.client;

import dev.tessera.impl.json.Unsigned;
import java.nio.charset.StandardCharsets;

/**
 * The token of a session: an unsigned 64-bit integer. Whoever has it may use the session.
 *
 * @param bits the 64 bits; negative as a {@code long} where the token is 2<sup>63</sup> or more
 */
public record SessionToken(long bits) {

    /**
     * The token that is written in these digits.
     *
     * @throws IllegalArgumentException if that is not an integer of 0 to 18446744073709551615
     */
    public static SessionToken parse(String digits) {
        byte[] text = digits.getBytes(StandardCharsets.US_ASCII);
        if (!Unsigned.isUnsigned(text, 0, text.length)) {
            throw new IllegalArgumentException("a token must be an integer of 0 to 18446744073709551615");
        }
        return new SessionToken(Unsigned.parse(text, 0, text.length));
    }

    /** The token in digits, as it stands on the wire. */
    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
