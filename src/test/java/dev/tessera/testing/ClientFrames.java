package dev.tessera.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a client sends them, right and wrong, and other bytes for tests. */
public final class ClientFrames {

    public static final int FIN = 0x80;
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** The key that leaves a payload as it is. */
    public static final int NO_MASK = 0;

    private static final int KEY = 0x37FA213D;

    private ClientFrames() {}

    public static byte[] text(String text) {
        return frame(FIN | TEXT, utf8(text));
    }

    public static byte[] ping(String payload) {
        return frame(FIN | PING, utf8(payload));
    }

    public static byte[] close(int status, String reason) {
        return frame(FIN | CLOSE, concat(new byte[] {(byte) (status >> 8), (byte) status}, utf8(reason)));
    }

    public static byte[] frame(int first, byte[] payload) {
        return frame(first, payload, KEY);
    }

    public static byte[] frame(int first, byte[] payload, int key) {
        return concat(header(first, payload.length, key), masked(payload, key));
    }

    /** Returns a header that announces {@code length} bytes. */
    public static byte[] header(int first, long length) {
        return header(first, length, KEY);
    }

    /** Returns a header that announces {@code length} bytes, with a key. */
    public static byte[] header(int first, long length, int key) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length <= 0xFFFF) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        header.putInt(key);
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    /** Masks one byte after the other, as RFC 6455 describes it. */
    public static byte[] masked(byte[] payload, int key) {
        byte[] bytes = payload.clone();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
        }
        return bytes;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
