package dev.tessera.impl.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Chunks on their way to the writer, which takes all that wait at once. Thread-safe; one thread takes. */
final class ChunkQueue {

    /** A wait that does not end by itself. */
    static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(365);

    /** What a chunk counts beside what it holds. */
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

    /** That wakes the writer once so many bytes wait; before that, it looks by itself. */
    ChunkQueue(long wakeBytes) {
        this.wakeBytes = wakeBytes;
    }

    /** Adds a chunk and says its position. */
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

    /** Bytes that wait. */
    long bytes() {
        return bytes;
    }

    /**
     * Takes all chunks, once there is one or the time is over; perhaps none. After the first one it waits a moment for
     * more. The list is valid until the next call.
     */
    List<Chunk> take(long timeoutNanos, long gatherNanos) {
        lock.lock();
        try {
            isSleeping = true;
            if (chunks.isEmpty()) {
                await(timeoutNanos, 1);
            }
            if (!chunks.isEmpty()) {
                await(gatherNanos, wakeBytes);
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

    /** Waits for so many bytes. */
    private void await(long nanos, long bytesMin) {
        awaited = bytesMin;
        long left = nanos;
        while (bytes < bytesMin && !isClosed && left > 0) {
            try {
                left = wanted.awaitNanos(left);
            } catch (InterruptedException e) {
                // Nobody interrupts the writer: an interrupt would close the file that it writes.
                throw new IllegalStateException(e);
            }
        }
    }

    /** The position of the last chunk that was taken. Thread: the one that takes. */
    long taken() {
        return taken;
    }

    /** Lets {@link #take} wait no more. */
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
