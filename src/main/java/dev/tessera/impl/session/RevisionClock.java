package dev.tessera.impl.session;

import java.util.function.LongSupplier;

/**
 * The hybrid clock of one partition, which gives out revisions. A revision is at least the partition's time in
 * microseconds, larger than all before it, and below 2^53 until the year 2255.
 *
 * <p>The ceiling is a bound that a later owner of the partition knows: it continues above it, so no revision is given
 * out twice, even if the clock was set back. Time alone never carries a revision over the ceiling.
 *
 * <p>The floor is the revision below which nobody knows any more what has changed since. Thread: the owner of the
 * partition.
 */
public final class RevisionClock {

    /** How far a ceiling lies above the last revision, in microseconds. */
    public static final long CEILING_AHEAD = 10_000_000;

    /** A clock that continues somewhere else skips up to this many revisions, so that two such clocks differ. */
    public static final long SKIP_MAX = 1_000_000;

    /** The factor from the time of a partition to a revision. */
    public static final long MICROS_PER_MS = 1000;

    private final LongSupplier ceiling;
    private long last;
    private long floor;
    private long nowMs;
    /** Microseconds after the beginning of each millisecond, so that two owners of a split differ in the same one. */
    private long phase;
    /** The revision of the command that runs; 0 if it has changed nothing yet. */
    private long ofCommand;

    /** Creates a clock without a ceiling. */
    RevisionClock() {
        this(() -> Long.MAX_VALUE);
    }

    /**
     * Creates a clock.
     *
     * @param ceiling returns the bound that is known beyond this process
     */
    RevisionClock(LongSupplier ceiling) {
        this.ceiling = ceiling;
    }

    /** Begins a command. Its changes have one revision, which the first of them draws. */
    void begin(long atMs) {
        nowMs = atMs;
        ofCommand = 0;
    }

    /** Returns the time of the command that runs, in milliseconds since 1970. */
    long nowMs() {
        return nowMs;
    }

    /** Returns the revision of the command that runs. */
    long ofCommand() {
        if (ofCommand == 0) {
            ofCommand = next();
        }
        return ofCommand;
    }

    /**
     * Takes back the revision of the command that runs, because the command has changed nothing after all. Has no
     * effect on the clock if others got revisions meanwhile.
     *
     * @param before the last revision before the command drew its own
     */
    void forgetCommand(long before) {
        if (ofCommand != 0 && last == ofCommand) {
            last = before;
        }
        ofCommand = 0;
    }

    /** Returns the revision of a change that is not the command's own: that of an expiry. */
    long next() {
        last = Math.max(last + 1, Math.min(nowMs * MICROS_PER_MS + phase, ceiling.getAsLong()));
        return last;
    }

    /** Returns the largest revision so far. */
    public long last() {
        return last;
    }

    /** Returns the floor. */
    public long floor() {
        return floor;
    }

    /** Notes a revision of another owner. */
    void seen(long revision) {
        last = Math.max(last, revision);
    }

    /** Continues above a revision that another owner may have given out. */
    public void continueAbove(long revision) {
        seen(revision);
    }

    /**
     * Continues above a revision that another owner may have given out, at a random place. Two owners of a split that
     * continue at different places give out different revisions, also when the time has overtaken both.
     *
     * @param random any number
     */
    public void continueApart(long revision, long random) {
        seen(revision + 1 + Math.floorMod(random, SKIP_MAX));
        phase = Math.floorMod(random, MICROS_PER_MS);
    }

    /** Moves the floor to the present, because changes may have been lost. */
    public void forgetHistory() {
        floor = last;
    }

    /** Continues with the state of another clock of the same partition. */
    public void restore(long lastRevision, long floorRevision) {
        seen(lastRevision);
        floor = Math.max(floor, floorRevision);
    }
}
