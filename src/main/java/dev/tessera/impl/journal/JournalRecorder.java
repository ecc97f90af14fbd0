package dev.tessera.impl.journal;

/** A recorder of the writer's work and of the size of the log. Thread: the journal's writer records; any may read. */
final class JournalRecorder {

    private volatile long payloads;
    private volatile long writtenBytes;
    private volatile long forces;
    private volatile long forceNanos;
    private volatile long snapshots;

    private volatile long logBytes;
    private volatile long snapshotBytes;
    private volatile int segments;

    void payload() {
        payloads = payloads + 1;
    }

    void wrote(long bytes) {
        writtenBytes = writtenBytes + bytes;
    }

    void forced(long nanos) {
        forces = forces + 1;
        forceNanos = forceNanos + nanos;
    }

    void snapshot() {
        snapshots = snapshots + 1;
    }

    /**
     * Records the size of the log.
     *
     * @param log the bytes that a start would replay
     * @param snapshot how many of them the last snapshot took; 0 before the first one
     * @param segmentCount files of the log, including those that wait for their deletion
     */
    void size(long log, long snapshot, int segmentCount) {
        logBytes = log;
        snapshotBytes = snapshot;
        segments = segmentCount;
    }

    /**
     * Returns all figures as they are now.
     *
     * @param pooled segments in the pool
     */
    JournalStatistics statistics(int pooled, long segmentBytes, long queuedBytes) {
        return new JournalStatistics(
                segments + pooled,
                logBytes,
                snapshotBytes,
                pooled * segmentBytes,
                queuedBytes,
                payloads,
                writtenBytes,
                forces,
                forceNanos,
                snapshots);
    }
}
