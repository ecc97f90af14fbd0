package dev.tessera.impl.journal;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A pool of the arrays of written {@linkplain PayloadChunk chunks}. A store that reuses them writes into memory that is
 * probably in the CPU cache, and leaves no garbage. Thread-safe.
 */
public final class BufferPool {

    /** About as many chunks wait for the writer under load. */
    private static final int BUFFERS_MAX = 32;
    /** Reusing a smaller array is not worth the lock. */
    static final int BYTES_MIN = 8 * 1024;

    static final int BYTES_MAX = 256 * 1024;

    private final Queue<byte[]> buffers = new ArrayDeque<>();

    /** Takes an array of any length and content, or returns null if the pool is empty. */
    public synchronized byte @Nullable [] poll() {
        return buffers.poll();
    }

    /** Adds an array that nobody uses any more, unless the pool is full. */
    synchronized void offer(byte[] buffer) {
        if (buffer.length >= BYTES_MIN && buffer.length <= BYTES_MAX && buffers.size() < BUFFERS_MAX) {
            buffers.add(buffer);
        }
    }
}
