package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.format.JournalFrame;
import dev.tessera.impl.journal.format.SegmentHeader;
import dev.tessera.impl.json.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A reader of a segment, with a sliding window in memory. Thread: one. */
final class SegmentReader implements AutoCloseable {

    /** The unit that a disk writes completely or not at all. */
    static final int SECTOR_BYTES = 512;

    private static final int WINDOW_BYTES = 4 * JournalFrame.BYTES_MAX;

    private final String name;
    private final JournalFile file;
    private final long size;
    private final CRC32C crc = new CRC32C();
    private final byte[] bytes;
    private final ByteBuffer window;
    private long windowFrom;
    private int windowBytes;

    SegmentReader(JournalFiles files, long number) throws IOException {
        name = SegmentName.of(number);
        file = files.open(name);
        size = file.size();
        bytes = new byte[(int) Math.min(size, WINDOW_BYTES)];
        window = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the size of the file. */
    long size() {
        return size;
    }

    /** Returns the header, or null if there is no whole one. */
    @Nullable
    SegmentHeader header() throws IOException {
        int start = seek(0, SegmentHeader.BYTES);
        return SegmentHeader.read(window, crc, start, windowBytes);
    }

    /** Returns the version in the header. */
    int version() throws IOException {
        return SegmentHeader.versionAt(window, seek(0, SegmentHeader.BYTES));
    }

    /** Returns whether a whole frame begins at the offset. */
    boolean isFrame(long offset) throws IOException {
        return JournalFrame.isWhole(window, crc, seek(offset, JournalFrame.BYTES_MAX), windowBytes);
    }

    /** Returns the kind of the frame at the offset. */
    byte kind(long offset) throws IOException {
        return JournalFrame.kindAt(window, seek(offset, JournalFrame.BYTES_MAX));
    }

    /** Returns the sequence of the frame at the offset. */
    long sequence(long offset) throws IOException {
        return JournalFrame.sequenceAt(window, seek(offset, JournalFrame.BYTES_MAX));
    }

    /** Returns the sequence in the mark at the offset. */
    long marked(long offset) throws IOException {
        return window.getLong(seek(offset, JournalFrame.BYTES_MAX) + JournalFrame.HEADER_BYTES);
    }

    /** Returns the payload size of the frame at the offset. */
    int payloadBytes(long offset) throws IOException {
        return JournalFrame.lengthAt(window, seek(offset, JournalFrame.BYTES_MAX));
    }

    /** Passes on the payload of the frame at the offset. */
    void payload(long offset, PayloadSink sink) throws IOException {
        int from = seek(offset, JournalFrame.BYTES_MAX) + JournalFrame.HEADER_BYTES;
        sink.payload(bytes, from, from + payloadBytes(offset));
    }

    /** Returns the offset of the next whole frame with at least this sequence, or the file's size if there is none. */
    long find(long from, long sequenceMin) throws IOException {
        for (long offset = zerosEnd(from, size); offset < size; offset = zerosEnd(offset + 1, size)) {
            int at = seek(offset, JournalFrame.BYTES_MAX);
            if (windowBytes - at > JournalFrame.OVERHEAD_BYTES
                    && JournalFrame.sequenceAt(window, at) >= sequenceMin
                    && JournalFrame.isWhole(window, crc, at, windowBytes)) {
                return offset;
            }
        }
        return size;
    }

    /** Returns whether the file has only zeros after the offset. */
    boolean isEmpty(long from) throws IOException {
        return zerosEnd(from, size) == size;
    }

    /** Returns the number of bytes after the offset, without the zeros at the end of the file. */
    long usedBytes(long from) throws IOException {
        long used = 0;
        for (long offset = zerosEnd(from, size); offset < size; offset = zerosEnd(offset + 1, size)) {
            used = offset + 1 - from;
        }
        return used;
    }

    /**
     * Returns whether the range contains a sector that was never written. Such a sector has only the zeros of its
     * preallocation; in the first sector, only the bytes after {@code from} count.
     */
    boolean hasUnwrittenSector(long from, long to) throws IOException {
        for (long sector = from; sector < to; sector = sector / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES) {
            long end = Math.min(size, sector / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES);
            if (zerosEnd(sector, end) == end) {
                return true;
            }
        }
        return false;
    }

    /** Returns the end of the zeros that begin at the offset. */
    private long zerosEnd(long from, long to) throws IOException {
        long offset = from;
        while (offset < to) {
            int start = seek(offset, 1);
            int limit = (int) Math.min(windowBytes, start + to - offset);
            int at = start;
            while (at + Long.BYTES <= limit && Bytes.longAt(bytes, at) == 0) {
                at += Long.BYTES;
            }
            while (at < limit && bytes[at] == 0) {
                at++;
            }
            offset += at - start;
            if (at < limit) {
                return offset;
            }
        }
        return Math.min(offset, to);
    }

    /**
     * Moves the window if necessary, and returns the index in it of an offset in the file. The window then has
     * {@code needed} bytes after that index, or all that the file has.
     */
    private int seek(long offset, int needed) throws IOException {
        long end = Math.min(size, offset + needed);
        if (offset < windowFrom || end > windowFrom + windowBytes) {
            read(offset);
            if (windowBytes < end - offset) {
                throw new IOException(name + " became shorter while it was read");
            }
        }
        return (int) (offset - windowFrom);
    }

    private void read(long offset) throws IOException {
        try {
            windowBytes = file.read(window.clear(), offset);
        } catch (IOException e) {
            throw new IOException("cannot read " + name + " at byte " + offset + ": " + e.getMessage(), e);
        }
        windowFrom = offset;
        window.clear();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
