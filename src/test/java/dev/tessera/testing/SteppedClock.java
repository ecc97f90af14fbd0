package dev.tessera.testing;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A clock in nanoseconds that advances by a step whenever it is read. Thread: one at a time. */
public final class SteppedClock implements LongSupplier {

    private long nowNs;
    private long stepNs;

    /** Sets the step. */
    public void stepMs(long stepMs) {
        stepNs = TimeUnit.MILLISECONDS.toNanos(stepMs);
    }

    /** Returns a condition that is never true, and advances the clock when it is first asked. */
    public BooleanSupplier advanceOnce(long advanceMs) {
        boolean[] asked = new boolean[1];
        return () -> {
            nowNs += asked[0] ? 0 : TimeUnit.MILLISECONDS.toNanos(advanceMs);
            asked[0] = true;
            return false;
        };
    }

    @Override
    public long getAsLong() {
        nowNs += stepNs;
        return nowNs;
    }
}
