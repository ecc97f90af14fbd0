package dev.tessera.impl.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request and what its reply must be, as payloads of text messages.
 *
 * @param reply the reply that is usual
 * @param variantAt the index of the one byte in which another right reply differs, or {@link #NO_VARIANT}
 * @param variant that byte in the other reply
 */
record RequestReply(byte[] request, byte[] reply, int variantAt, byte variant) {

    static final int NO_VARIANT = -1;

    static RequestReply of(String request, String reply) {
        return new RequestReply(ascii(request), ascii(reply), NO_VARIANT, (byte) 0);
    }

    /** With two right replies, which differ in one byte. */
    static RequestReply eitherOf(String request, String usual, String other) {
        byte[] reply = ascii(usual);
        byte[] variant = ascii(other);
        int at = Arrays.mismatch(reply, variant);
        if (reply.length != variant.length
                || at < 0
                || Arrays.mismatch(reply, at + 1, reply.length, variant, at + 1, reply.length) >= 0) {
            throw new IllegalArgumentException("these do not differ in one byte: " + usual + " and " + other);
        }
        return new RequestReply(ascii(request), reply, at, variant[at]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
