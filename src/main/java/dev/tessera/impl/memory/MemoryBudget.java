package dev.tessera.impl.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The memory that all stored data of a server may take. Each partition has a {@link MemoryAccount}, which takes bytes
 * from the budget in chunks: so most commands touch only the account. Thread-safe.
 */
public final class MemoryBudget {

    /** A chunk is this fraction of an account's equal share, so that bytes that lie idle in accounts are few. */
    private static final int CHUNKS_PER_SHARE = 128;

    private static final long CHUNK_BYTES_MIN = 256;
    private static final long CHUNK_BYTES_MAX = 64 * 1024;
    /** The budget counts as full if less than one part in this number is left. */
    private static final int FULL_FRACTION = 32;

    /** Evictions keep one part in this number free. */
    private static final int MARGIN_FRACTION = 64;

    private final DataLimits limits;
    private final long chunkBytes;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();
    private final LongAdder refused = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder expired = new LongAdder();

    /**
     * Creates an empty budget.
     *
     * @param accounts about how many accounts there will be
     */
    public MemoryBudget(DataLimits limits, int accounts) {
        this.limits = limits;
        this.chunkBytes = Math.max(
                CHUNK_BYTES_MIN,
                Math.min(CHUNK_BYTES_MAX, limits.bytesMax() / Math.max(1, accounts) / CHUNKS_PER_SHARE));
    }

    /** Creates a budget without limits. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(DataLimits.NONE, 1);
    }

    /** Returns the limits. */
    public DataLimits limits() {
        return limits;
    }

    /** Returns the bytes of all accounts, including the rest of their chunks. */
    public long usedBytes() {
        return taken.get();
    }

    /** Returns the bytes that no account has taken; negative if accounts took more than there is. */
    public long availableBytes() {
        return limits.bytesMax() - taken.get();
    }

    /** Returns whether hardly any larger write fits. */
    public boolean isFull() {
        return availableBytes() < limits.bytesMax() / FULL_FRACTION;
    }

    /** Returns whether an eviction should make room before a write needs it. */
    public boolean lacksMargin() {
        return availableBytes() < limits.bytesMax() / MARGIN_FRACTION;
    }

    /** Returns the number of sessions in all accounts. */
    public long sessions() {
        return sessions.get();
    }

    /** Returns how many commands were refused because they did not fit. */
    public long refused() {
        return refused.sum();
    }

    /** Counts a command that is refused because it does not fit. */
    public void addRefused() {
        refused.increment();
    }

    /** Returns how many sessions were ended to make room. */
    public long evicted() {
        return evicted.sum();
    }

    /** Counts a session that is ended to make room. */
    public void addEvicted() {
        evicted.increment();
    }

    /** Counts a key that has reached its end. */
    public void addExpired() {
        expired.increment();
    }

    /** Returns how many keys have reached their ends since the start. */
    public long expired() {
        return expired.sum();
    }

    /** Takes bytes if the limit allows it. */
    public boolean reserve(long bytes) {
        long before = taken.get();
        while (bytes <= limits.bytesMax() - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** Returns bytes that {@link #reserve} has taken. */
    public void release(long bytes) {
        take(-bytes);
    }

    /** Takes bytes, or returns them if negative, whatever the limit says. */
    public void take(long bytes) {
        taken.addAndGet(bytes);
    }

    void addSessions(long more) {
        sessions.addAndGet(more);
    }

    long chunkBytes() {
        return chunkBytes;
    }
}
