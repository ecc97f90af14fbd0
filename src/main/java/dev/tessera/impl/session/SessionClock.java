package dev.tessera.impl.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock by which sessions expire. It starts with the wall clock and continues with the monotonic one, because the
 * wall clock may jump, and sessions must then neither vanish nor live for ever.
 *
 * <p>It never goes back. It runs faster or slower by {@link #STEER_MAX} at most, until it shows the same time as the
 * wall clock: a difference of an hour takes eight days. A clock of one process is right as long as all of its readers
 * compare times of this clock only.
 *
 * <p>The time is a line from one point to the next, and each line is valid until a fixed reading of the monotonic
 * clock. A reader beyond it draws the next line, which begins at the end of the last one. So threads that read at the
 * same moment see the same time. Thread-safe.
 */
public final class SessionClock implements InstantSource {

    /** The largest difference between the speeds of this clock and the monotonic one: 5 ms a second. */
    public static final double STEER_MAX = 0.005;

    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_MS = 1e6;

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private volatile Line line;

    /**
     * Times on a line, in milliseconds since 1970.
     *
     * @param fromNanos the reading of the monotonic clock at its beginning
     * @param untilNanos the reading at its end
     * @param fromMs the time at its beginning, with fractions
     * @param speed the milliseconds that pass in one of the monotonic clock
     */
    private record Line(long fromNanos, long untilNanos, double fromMs, double speed) {

        double at(long nanos) {
            // A reading from before the line belongs to a reader that another thread has overtaken.
            return fromMs + Math.max(0, nanos - fromNanos) * speed / NANOS_PER_MS;
        }

        boolean hasEnded(long nanos) {
            return nanos - untilNanos > 0;
        }
    }

    /**
     * Creates a clock that shows the time of the wall clock now.
     *
     * @param nanoTime a monotonic clock such as {@link System#nanoTime}
     */
    public SessionClock(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.line = from(nanoTime.getAsLong(), (double) wall.millis());
    }

    private static Line from(long nanos, double ms) {
        return new Line(nanos, nanos + LINE_NANOS, ms, 1);
    }

    @Override
    public long millis() {
        // The reading comes before the line, so that the line is valid for it, or newer.
        long nanos = nanoTime.getAsLong();
        Line present = line;
        return (long) (present.hasEnded(nanos) ? next(nanos) : present).at(nanos);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    private synchronized Line next(long nanos) {
        Line last = line;
        if (last.hasEnded(nanos)) {
            double fromMs = last.at(last.untilNanos);
            double elapsedMs = (nanos - last.untilNanos) / NANOS_PER_MS;
            double lengthMs = elapsedMs + LINE_NANOS / NANOS_PER_MS;
            double behindMs = wall.millis() - (fromMs + elapsedMs);
            double steer = Math.max(-STEER_MAX, Math.min(STEER_MAX, behindMs / lengthMs));
            line = new Line(last.untilNanos, nanos + LINE_NANOS, fromMs, 1 + steer);
        }
        return line;
    }

    /**
     * Moves the clock forward to a time that was on this clock in an earlier process, because the wall clock may have
     * been set back since. Must be called before sessions are used.
     */
    public synchronized void startAt(long ms) {
        if (millis() < ms) {
            line = from(nanoTime.getAsLong(), (double) ms);
        }
    }
}
