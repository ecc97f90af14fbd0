package dev.tessera.impl.cluster.partition;

/**
 * The clock of one partition. It starts with the wall clock of the first owner and moves from owner to owner, so that
 * remaining times stay right although the clocks of the nodes differ. It never goes back. Milliseconds since 1970.
 * Thread: the partition's.
 */
final class PartitionClock {

    /** Added to the wall clock of this node. */
    private long skewMs;

    private long lastMs;

    /** Returns the time now, given the wall clock of this node. */
    long now(long wallMs) {
        lastMs = Math.max(lastMs, wallMs + skewMs);
        return lastMs;
    }

    /** Sets the time to that of the owner now. */
    void set(long nowMs, long wallMs) {
        skewMs = nowMs - wallMs;
        lastMs = nowMs;
    }

    /** Returns the latest time that {@link #now} returned. */
    long lastMs() {
        return lastMs;
    }
}
