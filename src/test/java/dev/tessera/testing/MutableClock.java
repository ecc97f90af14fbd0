package dev.tessera.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock that stands still until a test moves it. Thread-safe. */
public final class MutableClock extends Clock {

    private final AtomicLong nowMs = new AtomicLong(1_800_000_000_000L);

    /** Moves the clock. */
    public void advance(Duration duration) {
        nowMs.addAndGet(duration.toMillis());
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
