package dev.tessera.impl.journal;

import dev.tessera.impl.journal.JournalLog.Purpose;

/**
 * The options of a journal.
 *
 * @param policy when the journal forces chunks to disk
 * @param segmentBytes the size of a segment, including its header
 * @param reserveBytesMin the space that is reserved ahead of the current segment; at least the cost of the largest
 *     command
 * @param compactBytesMin a snapshot is written only if the log is larger than this
 * @param compactFactor and if it is larger than the last snapshot times this factor
 * @param queuedBytesMax if more bytes wait for the writer, the journal {@linkplain JournalLog#isLagging() lags}
 * @param retryMs the first pause before a retry; it doubles after each failure, up to a limit
 */
public record JournalOptions(
        Policy policy,
        long segmentBytes,
        long reserveBytesMin,
        long compactBytesMin,
        double compactFactor,
        long queuedBytesMax,
        long retryMs) {

    /** When the journal forces chunks to disk. */
    public enum Policy {
        /** Once a second. A crash of the machine loses at most the changes of the last second. */
        EVERYSEC,
        /** At once, for all waiting chunks together. */
        ALWAYS
    }

    /** The least size of a segment. */
    public static final long SEGMENT_BYTES_MIN = 4096;

    /**
     * The segments that are reserved in addition to {@link #reserveBytesMin}. The beginning and the end of a snapshot
     * each leave a segment before it is full, and the snapshot itself needs one.
     */
    public static final int SNAPSHOT_SEGMENTS = 3;

    /**
     * The most segments that a journal takes on disk in addition to its log and {@link #reserveBytesMin}: those for
     * snapshots, one because the pool has whole segments only, and the one that is being written. The sum ignores the
     * unusable edges of segments, which matter only in a pool of hundreds of the smallest segments.
     */
    public static final int EXTRA_SEGMENTS_MAX = SNAPSHOT_SEGMENTS + 2;

    private static final long MIB = 1 << 20;

    /** Checks the sizes. */
    public JournalOptions {
        if (segmentBytes < SEGMENT_BYTES_MIN || reserveBytesMin < 0 || compactFactor < 1 || retryMs < 1) {
            throw new IllegalArgumentException("segment " + segmentBytes + ", reserve " + reserveBytesMin + ", factor "
                    + compactFactor + ", retry " + retryMs);
        }
    }

    /** Returns the default options. */
    public static JournalOptions of(Policy policy) {
        return new JournalOptions(policy, 16 * MIB, 64 * MIB, 256 * MIB, 2, 64 * MIB, 250);
    }

    /** Returns the bytes that must be available for a snapshot on a full disk, so that it can be completed. */
    long snapshotSpaceBytes() {
        return 2 * segmentBytes;
    }

    /**
     * Returns the bytes that a reservation must leave for other purposes. Parts of a snapshot leave the segment in
     * which the snapshot ends; changes leave all {@link #SNAPSHOT_SEGMENTS}.
     */
    long marginBytes(Purpose purpose) {
        return switch (purpose) {
            case CHANGE -> SNAPSHOT_SEGMENTS * segmentBytes;
            case SNAPSHOT -> segmentBytes;
            case RECLAIM -> 0;
        };
    }

    /** Returns these options with other sizes. */
    public JournalOptions withSizes(long segment, long reserveMin, long compactMin) {
        return new JournalOptions(policy, segment, reserveMin, compactMin, compactFactor, queuedBytesMax, retryMs);
    }
}
