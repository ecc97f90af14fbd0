package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.format.JournalFrame;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;

/**
 * A segment that is open for writing.
 *
 * @param name the name of its file
 * @param number the number of the segment
 * @param file its open file
 * @param bytes its size, all of it preallocated; or {@link #UNBOUNDED} if nothing is preallocated
 */
record LogSegment(String name, long number, JournalFile file, long bytes) implements AutoCloseable {

    /** A segment with less space than this counts as full, so that payloads are not cut into tiny frames. */
    static final int REST_BYTES = 64;

    static final long UNBOUNDED = Long.MAX_VALUE;

    /**
     * Returns how many bytes of {@linkplain JournalFrame#costMax cost} fit into a segment of this size: all except its
     * header and what may remain unused at its end.
     */
    static long usableBytes(long bytes) {
        return bytes - SegmentHeader.BYTES - REST_BYTES - JournalFrame.OVERHEAD_BYTES;
    }

    boolean isPreallocated() {
        return bytes != UNBOUNDED;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
