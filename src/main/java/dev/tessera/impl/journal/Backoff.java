package dev.tessera.impl.journal;

import java.util.concurrent.TimeUnit;

/** When what has failed is tried again: after a pause that doubles each time, up to a limit. Thread: one. */
final class Backoff {

    private static final int FACTOR_MAX = 32;

    private final long firstMs;
    private long nextMs;
    private long dueAt;

    Backoff(long firstMs) {
        this.firstMs = firstMs;
        nextMs = firstMs;
    }

    /** Is due now. */
    void reset(long now) {
        nextMs = firstMs;
        dueAt = now;
    }

    /** Begins the next pause; says how long it is, in ms. */
    long pause(long now) {
        long ms = nextMs;
        dueAt = now + TimeUnit.MILLISECONDS.toNanos(ms);
        nextMs = Math.min(nextMs * 2, firstMs * FACTOR_MAX);
        return ms;
    }

    /** How long it is until it is due; not positive when it is. */
    long leftNanos(long now) {
        return dueAt - now;
    }
}
