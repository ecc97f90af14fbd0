package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Makes segments full of zeros, so that what is written into them later needs no more space. Thread: one at a time. */
final class SegmentMaker {

    private static final int ZEROS_BYTES = 1 << 18;

    private final JournalFiles files;
    private final long segmentBytes;

    /** Of segments of one size. */
    SegmentMaker(JournalFiles files, long segmentBytes) {
        this.files = files;
        this.segmentBytes = segmentBytes;
    }

    /** Makes a segment and brings it to the disk; leaves nothing where that fails. */
    LogSegment make(long number) throws IOException {
        String name = SegmentName.of(number);
        JournalFile file = files.create(name);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, segmentBytes));
            for (long at = 0; at < segmentBytes; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), segmentBytes - at));
                file.write(zeros, at);
            }
            file.force(true);
            files.syncDirectory();
            return new LogSegment(name, number, file, segmentBytes);
        } catch (IOException e) {
            try {
                file.close();
                files.delete(name);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }
}
