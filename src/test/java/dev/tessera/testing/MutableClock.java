package dev.tessera.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock and a monotonic clock that stand still until a test moves them. Thread-safe. */
public final class MutableClock extends Clock {

    private final AtomicLong nowMs = new AtomicLong(1_800_000_000_000L);
    private final AtomicLong nanos = new AtomicLong();

    /** Lets time pass on both clocks. */
    public void advance(Duration duration) {
        nowMs.addAndGet(duration.toMillis());
        nanos.addAndGet(duration.toNanos());
    }

    /** Sets the wall clock forward, or back, while no time passes. */
    public void setForward(Duration duration) {
        nowMs.addAndGet(duration.toMillis());
    }

    /** Returns the monotonic clock, like {@link System#nanoTime}. */
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long millis() {
        return nowMs.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalStateException("this clock has one zone");
    }
}
