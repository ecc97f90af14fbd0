package dev.tessera.impl.journal;

import java.util.concurrent.TimeUnit;

/** A schedule of retries. The pause doubles after each failure, up to a limit. Thread: one. */
final class Backoff {

    private static final int FACTOR_MAX = 32;

    private final long firstMs;
    private long nextMs;
    private long dueAt;

    Backoff(long firstMs) {
        this.firstMs = firstMs;
        nextMs = firstMs;
    }

    /** Makes the next attempt due now, and restores the first pause. */
    void reset(long now) {
        nextMs = firstMs;
        dueAt = now;
    }

    /** Begins the next pause and returns its length in ms. */
    long pause(long now) {
        long ms = nextMs;
        dueAt = now + TimeUnit.MILLISECONDS.toNanos(ms);
        nextMs = Math.min(nextMs * 2, firstMs * FACTOR_MAX);
        return ms;
    }

    /** Returns the rest of the pause in ns; it is not positive when the next attempt is due. */
    long leftNanos(long now) {
        return dueAt - now;
    }
}
