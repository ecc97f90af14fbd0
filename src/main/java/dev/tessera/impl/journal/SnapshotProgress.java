package dev.tessera.impl.journal;

/** The schedule of snapshots, and the progress of the one being written. Thread: the journal's writer. */
final class SnapshotProgress {

    /** On a full disk, a snapshot begins when the log is this much larger than the last one. */
    private static final double DISK_FULL_FACTOR = 1.25;

    private final JournalOptions options;
    private final SegmentPool pool;
    private long number;
    private boolean isRunning;
    private boolean isComplete;
    private long bytes;

    /** Marks the end of a snapshot among the chunks. It is a message to the writer and not a part of the log. */
    record End(long snapshot) implements Chunk {

        @Override
        public void writeTo(PayloadSink sink) {
            // Nothing: see above.
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public long reserved() {
            return 0;
        }

        @Override
        public boolean isSnapshot() {
            return false;
        }
    }

    SnapshotProgress(JournalOptions options, SegmentPool pool) {
        this.options = options;
        this.pool = pool;
    }

    /** Returns whether the log is large enough for a snapshot, and none is running. */
    boolean isDue(LogWriter log) {
        if (isRunning) {
            return false;
        }
        if (pool.isDiskFull() && pool.budget().available() >= options.snapshotSpaceBytes()) {
            return log.logBytes() > (long) (DISK_FULL_FACTOR * log.snapshotBytes()) + options.segmentBytes();
        }
        return log.logBytes()
                > Math.max(options.compactBytesMin(), (long) (options.compactFactor() * log.snapshotBytes()));
    }

    /** Begins a snapshot and returns its number. */
    long begin() {
        isRunning = true;
        isComplete = false;
        bytes = 0;
        return ++number;
    }

    /** Counts written bytes of the snapshot. */
    void wrote(long more) {
        bytes += more;
    }

    /** Returns how many bytes of the snapshot are written. */
    long bytes() {
        return bytes;
    }

    /** Notes that the snapshot of this number is written completely; ignores old numbers. */
    void end(long snapshot) {
        isComplete = isRunning && snapshot == number;
    }

    boolean isComplete() {
        return isComplete;
    }

    /** Ends the running snapshot, whether complete or not. */
    void stop() {
        isRunning = false;
        isComplete = false;
    }
}
