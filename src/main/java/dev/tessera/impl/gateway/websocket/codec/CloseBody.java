package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The payload of a close frame: empty, or a status and a reason in UTF-8.
 *
 * <pre>
 *  +-----------------+-----------------------+
 *  | status, 2 bytes | reason, 0 to 123 bytes |
 *  +-----------------+-----------------------+
 * </pre>
 */
public final class CloseBody {

    /** The reason that answers an ill-formed payload. */
    public static final String ILL_FORMED = "close frame not well formed";

    /** The status of a close frame without a status; it is never sent (RFC 6455, section 7.4.1). */
    static final int NO_STATUS = 1005;

    private static final byte[] EMPTY = {};

    private CloseBody() {}

    /** Returns the status that answers an ill-formed (unmasked) payload; 0 if the payload is well formed. */
    public static int violation(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (length == 1 || !CloseStatus.maySend(status(bytes, offset, length))) {
            return CloseStatus.PROTOCOL_ERROR;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset + 2, length - 2));
            return 0;
        } catch (CharacterCodingException e) {
            return CloseStatus.INVALID_PAYLOAD;
        }
    }

    /** Returns the status of a well-formed payload, or {@link #NO_STATUS}. */
    static int status(byte[] bytes, int offset, int length) {
        return length < 2 ? NO_STATUS : (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
    }

    /**
     * Returns the payload of a close frame.
     *
     * @param status a status that may be sent, or {@link #NO_STATUS} for an empty payload
     * @throws IllegalArgumentException if the status may not be sent or the reason is too long
     */
    static byte[] encode(int status, String reason) {
        if (status == NO_STATUS) {
            return EMPTY;
        }
        CloseStatus.require(status, reason);
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[2 + text.length];
        body[0] = (byte) (status >>> 8);
        body[1] = (byte) status;
        System.arraycopy(text, 0, body, 2, text.length);
        return body;
    }
}
