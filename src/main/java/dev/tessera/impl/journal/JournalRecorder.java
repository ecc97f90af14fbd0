package dev.tessera.impl.journal;

import java.util.concurrent.atomic.AtomicLong;

/** A recorder of the writer's work and of the size of the log. Thread: the journal's writer records; any may read. */
final class JournalRecorder {

    private final AtomicLong payloads = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();
    private final AtomicLong forces = new AtomicLong();
    private final AtomicLong forceNanos = new AtomicLong();
    private final AtomicLong snapshots = new AtomicLong();

    private volatile long logBytes;
    private volatile long snapshotBytes;
    private volatile int segments;

    void payload() {
        payloads.incrementAndGet();
    }

    void wrote(long bytes) {
        writtenBytes.addAndGet(bytes);
    }

    void forced(long nanos) {
        forces.incrementAndGet();
        forceNanos.addAndGet(nanos);
    }

    void snapshot() {
        snapshots.incrementAndGet();
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
                payloads.get(),
                writtenBytes.get(),
                forces.get(),
                forceNanos.get(),
                snapshots.get());
    }
}
