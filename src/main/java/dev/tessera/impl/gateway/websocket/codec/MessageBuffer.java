package dev.tessera.impl.gateway.websocket.codec;

import io.netty.buffer.ByteBuf;

/**
 * One array for a text message that arrives in several reads or several frames.
 *
 * <p>A frame announces its length before its bytes come, and the announcement costs the peer nothing. So the array's
 * capacity depends on the received bytes: at most {@value #COMMIT_RATIO} times their number, apart from a small
 * minimum, and never more than was announced. A peer that announces 1 MiB and sends nothing takes no memory. If it
 * sends all, the array grows three times, the last time to its exact length. If more frames follow, their sum is not
 * known. The array then at least doubles, so that a message of many small fragments is not copied for each of them.
 */
final class MessageBuffer {

    /** The capacity per received byte. */
    static final int COMMIT_RATIO = 8;

    /** The least capacity, if the announced length is not smaller. */
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
     * @param sizeAnnounced the value of {@link #size} at the end of this frame
     * @param isLast whether the message ends with this frame
     */
    void append(ByteBuf from, int count, int key, int sizeAnnounced, boolean isLast) {
        reserve(count, sizeAnnounced, isLast);
        from.readBytes(bytes, size, count);
        Mask.apply(bytes, size, size + count, key);
        size += count;
    }

    /** Appends masked bytes like {@link #append(ByteBuf, int, int, int, boolean)}. */
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
        long capacity = Math.min(sizeAnnounced, Math.max(COMMIT_BYTES_MIN, (long) COMMIT_RATIO * needed));
        if (!isLast) {
            capacity = Math.max(capacity, Math.min(maxBytes, 2L * bytes.length));
        }
        byte[] larger = new byte[(int) capacity];
        System.arraycopy(bytes, 0, larger, 0, size);
        bytes = larger;
    }

    /** Returns the array itself. The message is its first {@link #size()} bytes. */
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
