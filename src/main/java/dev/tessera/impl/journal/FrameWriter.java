package dev.tessera.impl.journal;

import dev.tessera.impl.journal.format.JournalFrame;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes frames into one segment after the other, through a buffer that is written to the file at the edges of frames
 * alone: what is on disk of a sector is always whole frames and zeros, and recovery builds on that. Thread: one.
 */
final class FrameWriter {

    private static final int BUFFER_BYTES = 2 * JournalFrame.BYTES_MAX;

    private final SpaceBudget room;
    private final JournalRecorder counts;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long nextSequence;
    private LogSegment segment;
    /** Where in the file the buffer's first byte belongs. */
    private long written;
    /** Whether payloads were not forced. */
    private boolean isDirty;
    /** Whether anything was not forced, a mark perhaps. */
    private boolean isUnforced;

    /** That goes on with this sequence, and tells how much of what was reserved it has used. */
    FrameWriter(SpaceBudget room, JournalRecorder counts, long nextSequence) {
        this.room = room;
        this.counts = counts;
        this.nextSequence = nextSequence;
    }

    /** The sequence of the next frame. */
    long nextSequence() {
        return nextSequence;
    }

    /** Goes on in another segment, which is empty. */
    void begin(LogSegment next, SegmentHeader header) {
        segment = next;
        written = 0;
        buffer.clear();
        header.write(buffer, crc);
        isDirty = false;
        isUnforced = true;
    }

    /** Replaces the header; only before the segment is a part of the log. */
    void replaceHeader(SegmentHeader header) throws IOException {
        flush();
        header.write(buffer, crc);
        segment.file().write(buffer.flip(), 0);
        buffer.clear();
        isUnforced = true;
    }

    /** The bytes of the segment that are used, those in the buffer included. */
    long used() {
        return written + buffer.position();
    }

    /** Whether the segment has no room for another frame. */
    boolean isFull() {
        return rest() < LogSegment.REST_BYTES;
    }

    private long rest() {
        return segment.bytes() - used();
    }

    /** Writes as much of a payload as fits into one frame, from {@code at} on; says where the rest begins. */
    int frame(byte[] payload, int from, int at, int to) throws IOException {
        int length =
                (int) Math.min(Math.min(to - at, JournalFrame.PAYLOAD_BYTES_MAX), rest() - JournalFrame.OVERHEAD_BYTES);
        boolean isLast = at + length == to;
        byte kind = at == from
                ? isLast ? JournalFrame.WHOLE : JournalFrame.FIRST
                : isLast ? JournalFrame.LAST : JournalFrame.MIDDLE;
        makeRoom(JournalFrame.OVERHEAD_BYTES + length);
        JournalFrame.write(buffer, crc, kind, nextSequence++, payload, at, length);
        isDirty = true;
        return at + length;
    }

    /**
     * Waits until all payloads are on disk, and notes that they are; the note itself need not be, and stays in the
     * buffer.
     */
    void force() throws IOException {
        if (!isDirty) {
            return;
        }
        forceAll();
        if (rest() >= JournalFrame.MARK_BYTES) {
            makeRoom(JournalFrame.MARK_BYTES);
            JournalFrame.writeMark(buffer, crc, nextSequence, nextSequence - 1);
            nextSequence++;
        }
    }

    /** Waits until everything is on disk. */
    void forceAll() throws IOException {
        flush();
        if (isUnforced) {
            long begin = System.nanoTime();
            segment.file().force(!segment.isReserved());
            counts.forced(System.nanoTime() - begin);
            isUnforced = false;
            isDirty = false;
        }
    }

    /** Writes what is in the buffer to the file. */
    void flush() throws IOException {
        int bytes = buffer.flip().limit();
        if (bytes > 0) {
            segment.file().write(buffer, written);
        }
        written += bytes;
        counts.wrote(bytes);
        buffer.clear();
    }

    private void makeRoom(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        isUnforced = true;
        if (segment.isReserved()) {
            room.use(bytes);
        }
    }
}
