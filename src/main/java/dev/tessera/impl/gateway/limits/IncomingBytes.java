package dev.tessera.impl.gateway.limits;

import dev.tessera.impl.memory.ObjectSize;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * One array for a message that comes in parts, counted in an {@link IncomingTotal} until {@link #release}.
 *
 * <p>A client announces the length of a message before its bytes come, and the announcement costs it nothing. So the
 * capacity follows the received bytes: at most twice their number, apart from a small minimum, and never more than was
 * announced. A client that announces 1 MiB and sends nothing takes no memory.
 *
 * <p>Thread: one at a time.
 */
public final class IncomingBytes {

    /** The least capacity, if the announced length is not smaller. */
    public static final int CAPACITY_MIN = 1024;

    private static final byte[] NOTHING = {};

    private final IncomingTotal total;
    private byte[] bytes = NOTHING;
    private int size;
    /** The bytes on the heap of the array. */
    private long countedBytes;

    /** Creates a message without bytes. */
    public IncomingBytes(IncomingTotal total) {
        this.total = total;
    }

    /**
     * Appends bytes, if the total has room for them.
     *
     * @param sizeMax the largest size that the message can still reach, at least its size after this call
     * @return whether it did; if not, the message cannot be completed, and holds nothing any more
     */
    public boolean append(byte[] from, int offset, int count, int sizeMax) {
        if (!reserve(count, sizeMax)) {
            return false;
        }
        System.arraycopy(from, offset, bytes, size, count);
        size += count;
        return true;
    }

    /** Appends bytes like {@link #append(byte[], int, int, int)}. It takes them from the buffer in both cases. */
    public boolean append(ByteBuf from, int count, int sizeMax) {
        if (!reserve(count, sizeMax)) {
            from.skipBytes(count);
            return false;
        }
        from.readBytes(bytes, size, count);
        size += count;
        return true;
    }

    private boolean reserve(int count, int sizeMax) {
        int needed = size + count;
        if (needed <= bytes.length) {
            return true;
        }
        int capacity = (int) Math.min(sizeMax, Math.max(CAPACITY_MIN, 2L * needed));
        long heapBytes = ObjectSize.ofBytes(capacity);
        if (!total.tryAdd(heapBytes - countedBytes)) {
            if (needed > IncomingTotal.ALWAYS_BYTES) {
                total.addRefused();
                release();
                return false;
            }
            capacity = Math.min(capacity, IncomingTotal.ALWAYS_BYTES);
            heapBytes = ObjectSize.ofBytes(capacity);
            total.add(heapBytes - countedBytes);
        }
        countedBytes = heapBytes;
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    /** Returns the array itself. The message is its first {@link #size()} bytes. */
    public byte[] array() {
        return bytes;
    }

    /** Returns a copy of the message, or the array itself if it has the right length. */
    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Returns how many bytes have come. */
    public int size() {
        return size;
    }

    /** Returns how many bytes the message holds. */
    public int capacity() {
        return bytes.length;
    }

    /** Takes the message off the total, because it is finished or was dropped. Its array stays with its new owner. */
    public void release() {
        total.add(-countedBytes);
        countedBytes = 0;
        bytes = NOTHING;
        size = 0;
    }
}
