package dev.tessera.impl.journal;

/**
 * How a journal is kept.
 *
 * @param policy when it forces what was appended
 * @param segmentBytes size of a segment, header included
 * @param reserveBytesMin how much is reserved beyond the segment that is written; at least what the largest command may
 *     cost
 * @param compactBytesMin an image is written only where the log is larger than that
 * @param compactFactor and larger than the last image times that
 * @param queuedBytesMax with more than that waiting to be written the journal {@linkplain JournalLog#isLagging() lags}
 * @param retryMs first pause before what failed is tried again; it doubles each time, up to a limit
 */
public record JournalOptions(
        JournalPolicy policy,
        long segmentBytes,
        long reserveBytesMin,
        long compactBytesMin,
        double compactFactor,
        long queuedBytesMax,
        long retryMs) {

    /** Least size of a segment. */
    public static final long SEGMENT_BYTES_MIN = 4096;

    private static final long MIB = 1 << 20;

    /** Checks what is given. */
    public JournalOptions {
        if (segmentBytes < SEGMENT_BYTES_MIN || reserveBytesMin < 0 || compactFactor < 1 || retryMs < 1) {
            throw new IllegalArgumentException("segment " + segmentBytes + ", reserve " + reserveBytesMin + ", factor "
                    + compactFactor + ", retry " + retryMs);
        }
    }

    /** What is good for most. */
    public static JournalOptions of(JournalPolicy policy) {
        return new JournalOptions(policy, 16 * MIB, 64 * MIB, 256 * MIB, 2, 64 * MIB, 250);
    }

    /** What an image under way must find free at least, to end with. */
    long imageRoomBytes() {
        return 2 * segmentBytes;
    }

    /**
     * What is left free for others. The beginning and the end of an image each leave a segment before it is full, so
     * images leave one, and changes three: one for either, and one for the image itself.
     */
    long marginBytes(Purpose purpose) {
        return switch (purpose) {
            case CHANGE -> 3 * segmentBytes;
            case IMAGE -> segmentBytes;
            case RELIEF -> 0;
        };
    }

    /** With segments, a reserve and a least log of other sizes. */
    public JournalOptions withSizes(long segment, long reserveMin, long compactMin) {
        return new JournalOptions(policy, segment, reserveMin, compactMin, compactFactor, queuedBytesMax, retryMs);
    }
}
