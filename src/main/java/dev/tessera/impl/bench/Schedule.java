package dev.tessera.impl.bench;

import java.util.concurrent.TimeUnit;

/**
 * When the threads of a run do what, on the clock of {@link System#nanoTime}.
 *
 * @param measureNs when the measurement begins
 * @param endNs when it ends, if it is timed
 * @param requests how many requests one thread sends, or {@link #UNCOUNTED}
 */
record Schedule(long measureNs, long endNs, long requests) {

    static final long UNCOUNTED = Long.MAX_VALUE;

    /** The part of one thread in a run that begins now. */
    static Schedule of(LoadPlan plan, int thread, long nowNs) {
        if (plan.timed()) {
            long measureNs = nowNs + TimeUnit.MILLISECONDS.toNanos(plan.warmupMs());
            return new Schedule(measureNs, measureNs + TimeUnit.MILLISECONDS.toNanos(plan.measureMs()), UNCOUNTED);
        }
        long share = plan.requests() / plan.threads() + (thread < plan.requests() % plan.threads() ? 1 : 0);
        return new Schedule(nowNs, Long.MAX_VALUE, share);
    }
}
