package dev.tessera.impl.gateway.limits;

import dev.tessera.impl.memory.HeapShares;
import dev.tessera.impl.memory.ObjectSize;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The bytes that the messages of all clients of a server hold, over every transport: those that are not finished, and
 * those that are not answered. A small message that comes as a whole never touches this counter. Thread-safe.
 */
public final class IncomingTotal {

    /** A message up to this size always fits, so that small commands pass while others fill the memory. */
    static final int ALWAYS_BYTES = 4096;

    private final long bytesMax;
    private final long waitBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder refused = new LongAdder();

    private IncomingTotal(long bytesMax, long messageBytesMax) {
        this.bytesMax = bytesMax;
        this.waitBytes = Math.max(0, Math.min(bytesMax / 2, bytesMax - messageBytesMax));
    }

    /**
     * Returns an empty total.
     *
     * @param bytesMax the bound, but at least an array of the largest message; 0 means the {@linkplain HeapShares
     *     share} of the heap
     */
    public static IncomingTotal ofMax(long bytesMax, int messageBytesMax) {
        long arrayBytes = ObjectSize.ofBytes(messageBytesMax);
        long bound = bytesMax == 0 ? HeapShares.ofThisJvm().incoming() : bytesMax;
        return new IncomingTotal(Math.max(arrayBytes, bound), arrayBytes);
    }

    /** Adds bytes unless they exceed the bound, and returns whether it added them. */
    boolean tryAdd(long more) {
        if (bytes.addAndGet(more) <= bytesMax) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    /** Adds bytes, whatever the bound; a negative number takes them off. */
    void add(long more) {
        bytes.addAndGet(more);
    }

    /**
     * Returns whether connections with many unanswered bytes must wait. What is left then is for a message of each
     * other connection, and at least for the largest one.
     */
    boolean isFillingUp() {
        return bytes.get() > waitBytes;
    }

    /** Counts a message that was refused because it did not fit. */
    void addRefused() {
        refused.increment();
    }

    /** Returns the bound. */
    public long bytesMax() {
        return bytesMax;
    }

    /** Returns the bytes that unfinished and unanswered messages hold. */
    public long bytes() {
        return bytes.get();
    }

    /** Returns the number of messages refused since the start. */
    public long refused() {
        return refused.sum();
    }
}
