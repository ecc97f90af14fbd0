package dev.tessera.impl.management;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch on the event loops of a server. Each loop beats from a timer, so a loop without beats runs no task. The watch
 * looks at intervals and adds up how long each loop is silent.
 *
 * <p>Between two looks it counts two intervals at most. If the whole process stood still, because it was suspended or
 * its machine was, the watch has stood still too, and the loops get their time.
 *
 * <p>Thread: {@link #look} is called by one thread; any thread may call the other methods.
 */
public final class StallWatch {

    /** The time between two beats, and between two looks. */
    public static final long INTERVAL_MS = 500;

    private static final long STEP_NS_MAX = TimeUnit.MILLISECONDS.toNanos(2 * INTERVAL_MS);

    private final long stallNsMax;
    private final LongSupplier nanoTime;
    private final Set<Loop> loops = ConcurrentHashMap.newKeySet();
    private long lastLookNs;
    private volatile long longestNs;
    private volatile long longestEverNs;
    private volatile @Nullable Loop stalled;

    /** One event loop. */
    public final class Loop {

        private final String name;
        private volatile long beats;
        private long seenBeats;
        private volatile long silentNs;

        private Loop(String name) {
            this.name = name;
        }

        /** Shows that the loop runs tasks. Thread: the loop. */
        public void beat() {
            // Only the loop writes it.
            long next = beats + 1;
            beats = next;
        }

        /** Ends the watch on this loop, because it stops as planned. */
        public void end() {
            loops.remove(this);
        }

        private long silentSeconds() {
            return TimeUnit.NANOSECONDS.toSeconds(silentNs);
        }
    }

    /** Creates a watch that calls a loop stalled after {@code stallMsMax} without a task. */
    public StallWatch(long stallMsMax) {
        this(stallMsMax, System::nanoTime);
    }

    StallWatch(long stallMsMax, LongSupplier nanoTime) {
        this.stallNsMax = TimeUnit.MILLISECONDS.toNanos(stallMsMax);
        this.nanoTime = nanoTime;
        this.lastLookNs = nanoTime.getAsLong();
    }

    /** Watches one more loop, which beats from now on. */
    public Loop watch(String name) {
        Loop loop = new Loop(name);
        loops.add(loop);
        return loop;
    }

    /** Looks at all loops, and returns a line for the log if one has stalled or runs again; otherwise null. */
    @Nullable
    String look() {
        long nowNs = nanoTime.getAsLong();
        long stepNs = Math.min(nowNs - lastLookNs, STEP_NS_MAX);
        lastLookNs = nowNs;
        Loop longest = null;
        for (Loop loop : loops) {
            loop.silentNs = loop.beats == loop.seenBeats ? loop.silentNs + stepNs : 0;
            loop.seenBeats = loop.beats;
            if (longest == null || loop.silentNs > longest.silentNs) {
                longest = loop;
            }
        }
        longestNs = longest == null ? 0 : longest.silentNs;
        longestEverNs = Math.max(longestEverNs, longestNs);
        Loop before = stalled;
        stalled = longestNs >= stallNsMax ? longest : null;
        if (before == null && stalled != null) {
            return "The server stands still: " + reason() + "; /livez answers 503";
        }
        return before != null && stalled == null ? "All event loops run tasks again" : null;
    }

    /** Returns in one line which loop has stalled; empty if none has. */
    public String reason() {
        Loop loop = stalled;
        return loop == null ? "" : loop.name + " has run no task for " + loop.silentSeconds() + " s";
    }

    /** Returns the longest time in seconds that a loop is silent now. */
    public double longestSeconds() {
        return longestNs / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Returns the longest time in seconds that a loop was ever silent. */
    public double longestEverSeconds() {
        return longestEverNs / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
