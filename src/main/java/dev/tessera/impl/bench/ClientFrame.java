package dev.tessera.impl.bench;

import java.nio.ByteBuffer;

/**
 * WebSocket frames (RFC 6455, section 5.2) as a client writes and reads them.
 *
 * <pre>
 *   byte 0                byte 1              then
 *  +-+-+-+-+-------+    +-+-------------+    +------------------------------+----------------+---------+
 *  |F|R|R|R| opcode|    |M| length 0-125|    | nothing                      | 4 bytes of key | payload |
 *  |I|S|S|S|       |    |A|          126|    | 2 bytes of length, 126 and up| where MASK is  |         |
 *  |N|V|V|V|       |    |S|          127|    | 8 bytes, 65,536 and up       | set            |         |
 *  +-+-+-+-+-------+    +-+-------------+    +------------------------------+----------------+---------+
 * </pre>
 *
 * A client masks every frame, a server none.
 */
final class ClientFrame {

    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    static final int FIN = 0x80;

    /** The longest payload that the generator accepts. */
    static final int PAYLOAD_BYTES_MAX = 256 << 20;

    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int KEY_BYTES = 4;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;

    private ClientFrame() {}

    /** Returns the size of a client's frame, header included. */
    static int maskedBytes(int payloadBytes) {
        return unmaskedBytes(payloadBytes) + KEY_BYTES;
    }

    /** Returns the size of a server's frame, header included. */
    static int unmaskedBytes(int payloadBytes) {
        return payloadBytes + (payloadBytes < LENGTH_IN_2_BYTES ? 2 : payloadBytes <= 0xFFFF ? 4 : 10);
    }

    /** Writes a client's frame, with its payload masked. */
    static void writeMasked(ByteBuffer to, int opcode, byte[] payload, int key) {
        writeHeader(to, opcode, payload.length, MASKED);
        to.putInt(key);
        for (int i = 0; i < payload.length; i++) {
            to.put((byte) (payload[i] ^ (key >>> (24 - 8 * (i & 3)))));
        }
    }

    /** Writes a server's frame. */
    static void writeUnmasked(ByteBuffer to, int opcode, byte[] payload) {
        writeHeader(to, opcode, payload.length, 0);
        to.put(payload);
    }

    private static void writeHeader(ByteBuffer to, int opcode, int length, int mask) {
        to.put((byte) (FIN | opcode));
        if (length < LENGTH_IN_2_BYTES) {
            to.put((byte) (mask | length));
        } else if (length <= 0xFFFF) {
            to.put((byte) (mask | LENGTH_IN_2_BYTES)).putShort((short) length);
        } else {
            to.put((byte) (mask | LENGTH_IN_8_BYTES)).putLong(length);
        }
    }

    static int opcode(byte first) {
        return first & OPCODE;
    }

    static boolean isFinal(byte first) {
        return (first & FIN) != 0;
    }

    /**
     * Returns the length of a server's frame header.
     *
     * @param second the second byte of the header
     */
    static int headerBytes(byte second) {
        return second == LENGTH_IN_2_BYTES ? 4 : second == LENGTH_IN_8_BYTES ? 10 : 2;
    }

    /**
     * Returns the payload length that a complete header states.
     *
     * @param at the index of the header's first byte
     * @throws BenchException if the frame is masked, or longer than {@link #PAYLOAD_BYTES_MAX}
     */
    static int payloadBytes(byte[] bytes, int at) {
        byte second = bytes[at + 1];
        if (second < 0) {
            throw new BenchException("the server masks its frames, but servers must not");
        }
        if (second < LENGTH_IN_2_BYTES) {
            return second;
        }
        ByteBuffer length = ByteBuffer.wrap(bytes, at + 2, headerBytes(second) - 2);
        long payloadBytes = second == LENGTH_IN_2_BYTES ? length.getShort() & 0xFFFF : length.getLong();
        if (payloadBytes < 0 || payloadBytes > PAYLOAD_BYTES_MAX) {
            throw new BenchException("the server sends a frame of " + Long.toUnsignedString(payloadBytes) + " bytes");
        }
        return (int) payloadBytes;
    }
}
