package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.format.JournalFrame;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;

/**
 * A segment that is open for writing.
 *
 * @param name of its file
 * @param number of the segment
 * @param file where it lies
 * @param bytes how large it may become; all of that is reserved, unless it may become as large as it wants
 */
record LogSegment(String name, long number, JournalFile file, long bytes) implements AutoCloseable {

    /** With less room than this a segment is left, so that payloads are not cut into crumbs. */
    static final int REST_BYTES = 64;

    static final long UNBOUNDED = Long.MAX_VALUE;

    /**
     * How much a segment of that size takes of what is {@linkplain JournalFrame#costMax paid for}: all but what its
     * edges may cost.
     */
    static long usableBytes(long bytes) {
        return bytes - SegmentHeader.BYTES - REST_BYTES - JournalFrame.OVERHEAD_BYTES;
    }

    boolean isReserved() {
        return bytes != UNBOUNDED;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
