package dev.tessera.impl.gateway.websocket.codec;

import io.netty.buffer.ByteBuf;

/**
 * A text message that comes in several reads or several frames, in one array.
 *
 * <p>A frame announces its length before its bytes come, and the announcement costs the peer nothing. So the array is
 * made for what has come: it has room for at most {@value #COMMIT_RATIO} times the bytes received (a small minimum
 * aside), and never for more than was announced. A peer that announces 1 MiB and sends nothing holds nothing; one that
 * sends it all makes the array grow three times, the last time to its exact length. Where more frames follow, their sum
 * is not known, and the array at least doubles, so that a message of many small fragments is not copied for each of
 * them.
 */
final class MessageBuffer {

    /** Room made, per byte received. */
    static final int COMMIT_RATIO = 8;

    /** Room made at least, if so much was announced. */
    static final int COMMIT_BYTES_MIN = 1024;

    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private byte[] bytes = NOTHING;
    private int size;

    MessageBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Appends masked bytes and unmasks them.
     *
     * @param sizeAnnounced what {@link #size} will be at the end of this frame
     * @param isLast whether the message ends with this frame
     */
    void append(ByteBuf from, int count, int key, int sizeAnnounced, boolean isLast) {
        reserve(count, sizeAnnounced, isLast);
        from.readBytes(bytes, size, count);
        Mask.apply(bytes, size, size + count, key);
        size += count;
    }

    /** As {@link #append(ByteBuf, int, int, int, boolean)}. */
    void append(byte[] from, int offset, int count, int key, int sizeAnnounced, boolean isLast) {
        reserve(count, sizeAnnounced, isLast);
        System.arraycopy(from, offset, bytes, size, count);
        Mask.apply(bytes, size, size + count, key);
        size += count;
    }

    private void reserve(int count, int sizeAnnounced, boolean isLast) {
        int needed = size + count;
        if (needed <= bytes.length) {
            return;
        }
        long room = Math.min(sizeAnnounced, Math.max(COMMIT_BYTES_MIN, (long) COMMIT_RATIO * needed));
        if (!isLast) {
            room = Math.max(room, Math.min(maxBytes, 2L * bytes.length));
        }
        byte[] larger = new byte[(int) room];
        System.arraycopy(bytes, 0, larger, 0, size);
        bytes = larger;
    }

    /** The array; the message is its first {@link #size()} bytes. Not copied. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    int capacity() {
        return bytes.length;
    }
}
