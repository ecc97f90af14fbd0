package dev.tessera.impl.journal;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Arrays in which {@linkplain PayloadChunk chunks} lay that are written, for chunks to come: so a store writes into
 * memory that is likely to be in the cache, and leaves no garbage. Thread-safe.
 */
public final class BufferPool {

    /** As many as wait for the writer under load. */
    private static final int ARRAYS_MAX = 32;
    /** Smaller ones are not worth it. */
    static final int BYTES_MIN = 8 * 1024;

    static final int BYTES_MAX = 256 * 1024;

    private final Queue<byte[]> arrays = new ArrayDeque<>();

    /** One of any length, or null where there is none. What is in it is of no meaning. */
    public synchronized byte[] poll() {
        return arrays.poll();
    }

    /** Keeps one that nobody uses any more, unless there are enough. */
    synchronized void offer(byte[] array) {
        if (array.length >= BYTES_MIN && array.length <= BYTES_MAX && arrays.size() < ARRAYS_MAX) {
            arrays.add(array);
        }
    }
}
