package dev.tessera.impl.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The unsent reply bytes of all connections of a server. The first {@value #FREE_BYTES} bytes of each connection are
 * not counted, so that small replies do not touch the shared counter. Thread-safe.
 */
public final class UnsentTotal {

    static final long FREE_BYTES = 65_536;
    /** The divisor of the heap for the default bound. The data and the batches in flight need the rest. */
    private static final int HEAP_SHARE = 4;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder droppedForShare = new LongAdder();

    /** Creates a total at zero with this bound. */
    UnsentTotal(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Returns an empty total with this bound; 0 means a quarter of the heap. */
    public static UnsentTotal ofMax(long bytesMax) {
        return new UnsentTotal(bytesMax == 0 ? Runtime.getRuntime().maxMemory() / HEAP_SHARE : bytesMax);
    }

    /** Returns the counted part of a connection's unsent bytes. */
    static long counted(long unsentBytes) {
        return Math.max(0, unsentBytes - FREE_BYTES);
    }

    /** Adds bytes, and returns whether an increase exceeded the bound. The bytes count in both cases. */
    boolean addBytes(long more) {
        return bytes.addAndGet(more) > bytesMax && more > 0;
    }

    /** Counts a connection that is dropped because its increase exceeded the total. */
    void addDropped() {
        dropped.increment();
    }

    /** Counts a connection that is dropped because it exceeded its own limit. */
    void addDroppedForShare() {
        droppedForShare.increment();
    }

    /** Returns the counted bytes. */
    public long bytes() {
        return bytes.get();
    }

    /** Returns the bound. */
    public long bytesMax() {
        return bytesMax;
    }

    /** Returns the number of connections dropped since the start because of the total. */
    public long dropped() {
        return dropped.sum();
    }

    /** Returns the number of connections dropped since the start because of their own limit. */
    public long droppedForShare() {
        return droppedForShare.sum();
    }
}
