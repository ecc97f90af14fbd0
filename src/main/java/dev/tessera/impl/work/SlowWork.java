package dev.tessera.impl.work;

import dev.tessera.impl.log.LimitedLog;
import java.util.concurrent.atomic.LongAdder;

/** The searches and updates that took long: a count, and lines in the log without data of clients. Thread-safe. */
public final class SlowWork {

    private static final LimitedLog SLOW = LimitedLog.warn(SlowWork.class, "A {} ran for {} ms; search.slowMs is {}");
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long slowMs;
    private final LongAdder count = new LongAdder();

    /**
     * Creates an instance without slow work.
     *
     * @param slowMs work is slow if it takes longer
     */
    SlowWork(long slowMs) {
        this.slowMs = slowMs;
    }

    /** Takes the duration of a task. */
    void ran(WorkerTask task, long durationNs) {
        if (durationNs > slowMs * NANOS_PER_MILLI) {
            count.increment();
            SLOW.log(task.name(), durationNs / NANOS_PER_MILLI, slowMs);
        }
    }

    /** Returns the number of slow tasks. */
    public long count() {
        return count.sum();
    }
}
