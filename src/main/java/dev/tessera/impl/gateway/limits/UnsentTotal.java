package dev.tessera.impl.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bytes of answers that all connections of a server together have not taken. What a connection owes up to
 * {@value #FREE_BYTES} bytes is not counted, so that small answers touch nothing that is shared. Thread-safe.
 */
public final class UnsentTotal {

    static final long FREE_BYTES = 65_536;
    /** The share of the heap where the setting is 0: the rest is for the data, and for what is on its way here. */
    private static final int HEAP_SHARE = 4;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder droppedForShare = new LongAdder();

    /** Nothing is unsent; so many bytes may be. */
    UnsentTotal(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Returns an empty total with this bound; 0 means a quarter of the heap. */
    public static UnsentTotal ofMax(long bytesMax) {
        return new UnsentTotal(bytesMax == 0 ? Runtime.getRuntime().maxMemory() / HEAP_SHARE : bytesMax);
    }

    /** What is counted of a connection that has not taken so many bytes. */
    static long counted(long unsentBytes) {
        return Math.max(0, unsentBytes - FREE_BYTES);
    }

    /** Says whether so much more is too much; it is counted all the same. */
    boolean addBytes(long more) {
        return bytes.addAndGet(more) > bytesMax && more > 0;
    }

    /** Notes that a connection is dropped for what it added. */
    void addDropped() {
        dropped.increment();
    }

    /** Notes that a connection is dropped for what it has not taken itself. */
    void addDroppedForShare() {
        droppedForShare.increment();
    }

    /** How many bytes are counted. */
    public long bytes() {
        return bytes.get();
    }

    /** How many may be. */
    long bytesMax() {
        return bytesMax;
    }

    /** How many connections were dropped since the start, for all together had taken too little. */
    public long dropped() {
        return dropped.sum();
    }

    /** How many connections were dropped since the start, for each had taken too little itself. */
    public long droppedForShare() {
        return droppedForShare.sum();
    }
}
