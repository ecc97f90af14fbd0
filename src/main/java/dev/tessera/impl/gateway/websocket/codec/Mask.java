package dev.tessera.impl.gateway.websocket.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The masking of RFC 6455, section 5.3: byte {@code i} of a payload is XORed with byte {@code i mod 4} of the key. It
 * is its own inverse. It works in place, eight bytes at a time, because no other loop of the codec touches every
 * payload byte.
 */
final class Mask {

    /** Little-endian, the order of memory on nearly all machines, so that no bytes are swapped. */
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Mask() {}

    /**
     * Masks or unmasks bytes.
     *
     * @param key the four key bytes as a big-endian int; its first byte applies to {@code bytes[from]}
     */
    static void apply(byte[] bytes, int from, int to, int key) {
        if (key == 0) {
            return;
        }
        int inMemoryOrder = Integer.reverseBytes(key);
        long twice = (inMemoryOrder & 0xFFFFFFFFL) | (long) inMemoryOrder << 32;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            LONG.set(bytes, i, (long) LONG.get(bytes, i) ^ twice);
        }
        for (; i < to; i++) {
            bytes[i] ^= (byte) twice;
            twice = Long.rotateRight(twice, Byte.SIZE);
        }
    }

    /** Returns the key for the bytes after {@code bytesDone} bytes that were unmasked with {@code key}. */
    static int advance(int key, int bytesDone) {
        return Integer.rotateLeft(key, Byte.SIZE * (bytesDone & 3));
    }
}
