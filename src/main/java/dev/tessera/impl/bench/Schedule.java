package dev.tessera.impl.bench;

import java.util.concurrent.TimeUnit;

/**
 * The times of the phases of a run, on the clock of {@link System#nanoTime}.
 *
 * @param measureNs the start of the measurement
 * @param endNs the end of the measurement, or {@link Long#MAX_VALUE} if a number of requests ends it
 * @param requests the number of requests of one thread, or {@link #UNCOUNTED}
 */
record Schedule(long measureNs, long endNs, long requests) {

    static final long UNCOUNTED = Long.MAX_VALUE;

    /** Returns the schedule of one thread for a run that begins now. */
    static Schedule of(LoadPlan plan, int thread, long nowNs) {
        if (plan.timed()) {
            long measureNs = nowNs + TimeUnit.MILLISECONDS.toNanos(plan.warmupMs());
            return new Schedule(measureNs, measureNs + TimeUnit.MILLISECONDS.toNanos(plan.measureMs()), UNCOUNTED);
        }
        long share = plan.requests() / plan.threads() + (thread < plan.requests() % plan.threads() ? 1 : 0);
        return new Schedule(nowNs, Long.MAX_VALUE, share);
    }
}
