package dev.tessera.impl.gateway.websocket.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The header of a frame (RFC 6455, section 5.2), and the rules that apply to it alone.
 *
 * <pre>
 *   byte 0                byte 1              then
 *  +-+-+-+-+-------+    +-+-------------+    +------------------------------+-------------------+
 *  |F|R|R|R| opcode|    |M| length 0-125|    | nothing                      | 4 bytes of key,   |
 *  |I|S|S|S|       |    |A|          126|    | 2 bytes of length, 126 and up | where MASK is set |
 *  |N|V|V|V|       |    |S|          127|    | 8 bytes, 65,536 and up       |                   |
 *  +-+-+-+-+-------+    +-+-------------+    +------------------------------+-------------------+
 * </pre>
 *
 * A client masks every frame, a server none. So a header that we receive has 6, 8 or 14 bytes, and one that we send 2,
 * 4 or 10.
 */
final class FrameHeader {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    static final int FIN = 0x80;
    static final int MASKED = 0x80;
    static final int CONTROL_PAYLOAD_BYTES_MAX = 125;
    static final int KEY_BYTES = 4;

    /** The length is not known yet. */
    static final long INCOMPLETE = -1;

    /** The length is not well encoded. */
    static final long MALFORMED = -2;

    private static final int RSV = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int CONTROL = 0x08;
    private static final int LENGTH = 0x7F;
    private static final int LENGTH_IN_2_BYTES = 126;

    private static final VarHandle SHORT_AT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_AT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_AT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private FrameHeader() {}

    static int opcode(byte first) {
        return first & OPCODE;
    }

    static boolean isFinal(byte first) {
        return (first & FIN) != 0;
    }

    static boolean isControl(int opcode) {
        return (opcode & CONTROL) != 0;
    }

    /** Returns the length of the payload if the second byte contains it, otherwise a number above 125. */
    static int shortLength(byte second) {
        return second & LENGTH;
    }

    /** Returns the length of the whole header, including the key. */
    static int bytes(int shortLength) {
        return 2 + KEY_BYTES + (shortLength < LENGTH_IN_2_BYTES ? 0 : shortLength == LENGTH_IN_2_BYTES ? 2 : 8);
    }

    /**
     * Checks the first two bytes of a frame.
     *
     * @param inMessage whether a message has begun whose final fragment has not come
     * @return the reason for the close frame, or null if nothing is wrong
     */
    static @Nullable String violation(byte first, byte second, boolean inMessage) {
        int opcode = first & OPCODE;
        if ((first & RSV) != 0) {
            return "reserved bit set";
        }
        if ((second & MASKED) == 0) {
            return "frame not masked";
        }
        if (isControl(opcode)) {
            return opcode > PONG
                    ? "reserved opcode"
                    : !isFinal(first)
                            ? "control frame in fragments"
                            : shortLength(second) > CONTROL_PAYLOAD_BYTES_MAX
                                    ? "control frame over 125 bytes"
                                    : opcode == CLOSE && shortLength(second) == 1 ? "close frame of one byte" : null;
        }
        return opcode > BINARY
                ? "reserved opcode"
                : inMessage && opcode != CONTINUATION
                        ? "message begun within a message"
                        : !inMessage && opcode == CONTINUATION ? "continuation of no message" : null;
    }

    /**
     * Returns the length of the payload, {@link #INCOMPLETE}, or {@link #MALFORMED} if it is negative or has a shorter
     * encoding.
     */
    static long payloadBytes(byte[] bytes, int at, int end) {
        int shortLength = shortLength(bytes[at + 1]);
        if (shortLength < LENGTH_IN_2_BYTES) {
            return shortLength;
        }
        if (end - at < bytes(shortLength) - KEY_BYTES) {
            return INCOMPLETE;
        }
        if (shortLength == LENGTH_IN_2_BYTES) {
            int length = Short.toUnsignedInt((short) SHORT_AT.get(bytes, at + 2));
            return length < LENGTH_IN_2_BYTES ? MALFORMED : length;
        }
        long length = (long) LONG_AT.get(bytes, at + 2);
        return length <= 0xFFFF ? MALFORMED : length;
    }

    /** Returns the masking key of the frame whose payload begins at {@code payloadAt}. */
    static int key(byte[] bytes, int payloadAt) {
        return (int) INT_AT.get(bytes, payloadAt - KEY_BYTES);
    }
}
