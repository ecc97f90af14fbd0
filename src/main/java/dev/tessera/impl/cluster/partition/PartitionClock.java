package dev.tessera.impl.cluster.partition;

/**
 * The clock of one partition. It starts with the {@link dev.tessera.impl.session.SessionClock} of the first owner and
 * moves from owner to owner, so that remaining times stay right although the clocks of the nodes differ. It never goes
 * back. Milliseconds since 1970. Thread: the partition's.
 */
final class PartitionClock {

    /** Added to the clock of this node. */
    private long skewMs;

    private long lastMs;

    /** Returns the time now, given the clock of this node. */
    long now(long localMs) {
        lastMs = Math.max(lastMs, localMs + skewMs);
        return lastMs;
    }

    /** Sets the time to that of the owner now. */
    void set(long nowMs, long localMs) {
        skewMs = nowMs - localMs;
        lastMs = nowMs;
    }

    /** Returns the latest time that {@link #now} returned. */
    long lastMs() {
        return lastMs;
    }
}
