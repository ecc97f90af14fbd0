package dev.tessera.impl.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The queue of chunks for the writer, which takes all of them at once. Thread-safe; one thread takes. */
final class ChunkQueue {

    /** A timeout that never elapses in practice. */
    static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(365);

    /** Memory that a chunk occupies in addition to its content. */
    private static final long CHUNK_BYTES = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final long wakeBytes;
    private List<Chunk> chunks = new ArrayList<>();
    private List<Chunk> spare = new ArrayList<>();
    private long position;
    private long taken;
    private long awaited;
    private boolean isClosed;
    private boolean isSleeping;
    /** Changed under the lock. */
    private volatile long bytes;

    /**
     * Creates a queue.
     *
     * @param wakeBytes wakes the gathering writer before its time when this many bytes wait
     */
    ChunkQueue(long wakeBytes) {
        this.wakeBytes = wakeBytes;
    }

    /** Adds a chunk and returns its position. */
    long add(Chunk chunk) {
        lock.lock();
        try {
            chunks.add(chunk);
            bytes = bytes + CHUNK_BYTES + chunk.bytes();
            if (isSleeping && bytes >= awaited) {
                wanted.signal();
            }
            return ++position;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the waiting bytes. */
    long bytes() {
        return bytes;
    }

    /**
     * Waits for a chunk or the timeout, and takes all chunks; there may be none. After the first chunk it waits
     * {@code gatherNanos} for more. The returned list is valid until the next call.
     */
    List<Chunk> take(long timeoutNanos, long gatherNanos) {
        lock.lock();
        try {
            isSleeping = true;
            if (chunks.isEmpty()) {
                awaitBytes(timeoutNanos, 1);
            }
            if (!chunks.isEmpty()) {
                awaitBytes(gatherNanos, wakeBytes);
            }
            isSleeping = false;
            List<Chunk> next = chunks;
            spare.clear();
            chunks = spare;
            spare = next;
            bytes = 0;
            taken = position;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void awaitBytes(long nanos, long bytesMin) {
        awaited = bytesMin;
        long left = nanos;
        while (bytes < bytesMin && !isClosed && left > 0) {
            try {
                left = wanted.awaitNanos(left);
            } catch (InterruptedException e) {
                // Nobody interrupts the writer, because an interrupt would close the file that it writes.
                throw new IllegalStateException(e);
            }
        }
    }

    /** Returns the position of the last taken chunk. Thread: the one that takes. */
    long taken() {
        return taken;
    }

    /** Ends the waits of {@link #take}, now and in future. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }
}
