package dev.tessera.impl.journal;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.format.JournalFrame;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A writer of frames into one segment after the other. Its buffer goes to the file only at the edges of frames. So each
 * sector on disk has whole frames followed by zeros, and the recovery relies on that. Thread: one.
 */
final class FrameWriter {

    private static final int BUFFER_BYTES = 2 * JournalFrame.BYTES_MAX;

    private final SpaceBudget budget;
    private final JournalRecorder recorder;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long nextSequence;
    /** Null before the first segment. */
    private @Nullable LogSegment segment;
    /** The offset in the file of the buffer's first byte. */
    private long written;
    /** Whether there are payloads after the last force. */
    private boolean isDirty;
    /** Whether there is anything after the last force, perhaps only a mark. */
    private boolean isUnforced;

    /**
     * Creates a writer without a segment.
     *
     * @param budget is charged for what is written into preallocated segments
     */
    FrameWriter(SpaceBudget budget, JournalRecorder recorder, long nextSequence) {
        this.budget = budget;
        this.recorder = recorder;
        this.nextSequence = nextSequence;
    }

    /** Returns the sequence of the next frame. */
    long nextSequence() {
        return nextSequence;
    }

    /** Continues in another segment, which is empty. */
    void begin(LogSegment next, SegmentHeader header) {
        segment = next;
        written = 0;
        buffer.clear();
        header.write(buffer, crc);
        isDirty = false;
        isUnforced = true;
    }

    private LogSegment segment() {
        return requireNonNull(segment);
    }

    /** Replaces the header; only while the segment is not yet a part of the log. */
    void replaceHeader(SegmentHeader header) throws IOException {
        flush();
        header.write(buffer, crc);
        segment().file().write(buffer.flip(), 0);
        buffer.clear();
        isUnforced = true;
    }

    /** Returns the used bytes of the segment, including those in the buffer. */
    long used() {
        return written + buffer.position();
    }

    /** Returns whether the segment has too little space for another frame. */
    boolean isFull() {
        return rest() < LogSegment.REST_BYTES;
    }

    private long rest() {
        return segment().bytes() - used();
    }

    /** Writes as much of a payload as fits into one frame, beginning with {@code at}. Returns where the rest begins. */
    int frame(byte[] payload, int from, int at, int to) throws IOException {
        int length =
                (int) Math.min(Math.min(to - at, JournalFrame.PAYLOAD_BYTES_MAX), rest() - JournalFrame.OVERHEAD_BYTES);
        boolean isLast = at + length == to;
        byte kind = at == from
                ? isLast ? JournalFrame.WHOLE : JournalFrame.FIRST
                : isLast ? JournalFrame.LAST : JournalFrame.MIDDLE;
        ensure(JournalFrame.OVERHEAD_BYTES + length);
        JournalFrame.write(buffer, crc, kind, nextSequence++, payload, at, length);
        isDirty = true;
        return at + length;
    }

    /**
     * Forces all payloads to disk and writes a mark that says so. The mark stays in the buffer, because it need not be
     * on disk itself.
     */
    void force() throws IOException {
        if (!isDirty) {
            return;
        }
        forceAll();
        if (rest() >= JournalFrame.MARK_BYTES) {
            ensure(JournalFrame.MARK_BYTES);
            JournalFrame.writeMark(buffer, crc, nextSequence, nextSequence - 1);
            nextSequence++;
        }
    }

    /** Forces everything to disk. */
    void forceAll() throws IOException {
        flush();
        if (isUnforced) {
            long begin = System.nanoTime();
            segment().file().force(!segment().isPreallocated());
            recorder.forced(System.nanoTime() - begin);
            isUnforced = false;
            isDirty = false;
        }
    }

    /** Writes the buffer to the file. */
    void flush() throws IOException {
        int bytes = buffer.flip().limit();
        if (bytes > 0) {
            segment().file().write(buffer, written);
        }
        written += bytes;
        recorder.wrote(bytes);
        buffer.clear();
    }

    private void ensure(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        isUnforced = true;
        if (segment().isPreallocated()) {
            budget.use(bytes);
        }
    }
}
