package dev.tessera.impl.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The permission to write lines of one kind: a few at once, and after them one per second. It counts the lines that it
 * refuses. A refusal costs no allocation. Thread-safe.
 */
public final class LineBudget {

    /** How many lines may follow each other without a pause. */
    public static final int LINES_AT_ONCE = 10;

    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long AHEAD_NS_MAX = (LINES_AT_ONCE - 1) * INTERVAL_NS;

    private final LongSupplier nanoTime;
    /** Each line moves this time on by one interval; it may be ahead of the clock by a few intervals. */
    private final AtomicLong paidUntilNs;

    private final AtomicLong leftOut = new AtomicLong();

    /** Creates a full budget. */
    public LineBudget() {
        this(System::nanoTime);
    }

    LineBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.paidUntilNs = new AtomicLong(nanoTime.getAsLong());
    }

    /** Returns whether the caller may write a line now; counts the line as left out if not. */
    public boolean tryTake() {
        long nowNs = nanoTime.getAsLong();
        while (true) {
            long paidNs = paidUntilNs.get();
            long aheadNs = Math.max(0, paidNs - nowNs);
            if (aheadNs > AHEAD_NS_MAX) {
                leftOut.incrementAndGet();
                DroppedLines.countLimited();
                return false;
            }
            if (paidUntilNs.compareAndSet(paidNs, nowNs + aheadNs + INTERVAL_NS)) {
                return true;
            }
        }
    }

    /** Returns how many lines were left out since the last call. */
    public long takeLeftOut() {
        return leftOut.getAndSet(0);
    }

    /** Fills the budget, and forgets the lines left out; for tests. */
    void restart() {
        leftOut.set(0);
        paidUntilNs.set(nanoTime.getAsLong());
    }
}
