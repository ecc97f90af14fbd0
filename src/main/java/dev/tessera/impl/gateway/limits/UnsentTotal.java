package dev.tessera.impl.gateway.limits;

import dev.tessera.impl.memory.HeapShares;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The unsent reply bytes of all connections of a server. The first {@value #FREE_BYTES} bytes of each connection are
 * not counted, so that small replies do not touch the shared counter. Thread-safe.
 */
public final class UnsentTotal {

    static final long FREE_BYTES = 16 * 1024;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    /** The shares with counted bytes. */
    private final Set<UnsentShare> shares = ConcurrentHashMap.newKeySet();

    private final LongAdder dropped = new LongAdder();
    private final LongAdder droppedForShare = new LongAdder();

    /** Creates a total at zero with this bound. */
    UnsentTotal(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Returns an empty total with this bound; 0 means the {@linkplain HeapShares share} of the heap. */
    public static UnsentTotal ofMax(long bytesMax) {
        return new UnsentTotal(bytesMax == 0 ? HeapShares.ofThisJvm().unread() : bytesMax);
    }

    /** Returns the counted part of a connection's unsent bytes. */
    static long counted(long unsentBytes) {
        return Math.max(0, unsentBytes - FREE_BYTES);
    }

    void addBytes(long more) {
        bytes.addAndGet(more);
    }

    boolean isExceeded() {
        return bytes.get() > bytesMax;
    }

    /** Adds a share with counted bytes, if it is not there. */
    void add(UnsentShare share) {
        shares.add(share);
    }

    /** Removes a share without counted bytes. */
    void remove(UnsentShare share) {
        shares.remove(share);
    }

    /**
     * Drops connections until the total is within its bound. Begins with the largest share: a client that takes its
     * answers has little unsent, and is not dropped because of clients that do not.
     *
     * @return the reason to drop the caller's own connection; null if it may stay
     */
    synchronized @Nullable String dropLargest(UnsentShare caller) {
        String ownReason = null;
        while (isExceeded()) {
            UnsentShare largest = shares.stream()
                    .max(Comparator.comparingLong(UnsentShare::countedBytes))
                    .orElse(null);
            if (largest == null) {
                break;
            }
            String reason = largest.markDropped();
            if (reason != null) {
                dropped.increment();
                if (largest == caller) {
                    ownReason = reason;
                } else {
                    largest.dropLater(reason);
                }
            }
        }
        return ownReason;
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
