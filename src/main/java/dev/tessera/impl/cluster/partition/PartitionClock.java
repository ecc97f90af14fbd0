package dev.tessera.impl.cluster.partition;

/**
 * The time of one partition: that of its first owner's wall clock, and carried from owner to owner, so that remaining
 * times hold though the clocks of the nodes differ. It never goes back. Milliseconds since 1970. Thread: the
 * partition's.
 */
final class PartitionClock {

    /** What is added to the wall clock of this node. */
    private long skewMs;

    private long lastMs;

    /** The time now, given the wall clock of this node. */
    long now(long wallMs) {
        lastMs = Math.max(lastMs, wallMs + skewMs);
        return lastMs;
    }

    /** Takes over the time of the owner, as it is just now. */
    void set(long nowMs, long wallMs) {
        skewMs = nowMs - wallMs;
        lastMs = nowMs;
    }

    /** The latest time that was given. */
    long lastMs() {
        return lastMs;
    }
}
