package dev.tessera.impl.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request and its expected reply, as payloads of text messages.
 *
 * @param reply the usual reply
 * @param variantAt the index of the only byte in which a second right reply differs, or {@link #NO_VARIANT}
 * @param variant that byte in the second reply
 */
record RequestReply(byte[] request, byte[] reply, int variantAt, byte variant) {

    static final int NO_VARIANT = -1;

    static RequestReply of(String request, String reply) {
        return new RequestReply(ascii(request), ascii(reply), NO_VARIANT, (byte) 0);
    }

    /** Returns a request with two right replies, which differ in one byte. */
    static RequestReply eitherOf(String request, String usual, String other) {
        byte[] reply = ascii(usual);
        byte[] variant = ascii(other);
        int at = Arrays.mismatch(reply, variant);
        if (reply.length != variant.length
                || at < 0
                || Arrays.mismatch(reply, at + 1, reply.length, variant, at + 1, reply.length) >= 0) {
            throw new IllegalArgumentException(
                    "the replies do not differ in exactly one byte: " + usual + " and " + other);
        }
        return new RequestReply(ascii(request), reply, at, variant[at]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
