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

/** Looks at the bytes of a segment through a window. Thread: one. */
final class SegmentReader implements AutoCloseable {

    /** What a disk writes whole or not at all. */
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

    /** Bytes of the file. */
    long size() {
        return size;
    }

    /** The header; null where there is no whole one. */
    SegmentHeader header() throws IOException {
        int start = seek(0, SegmentHeader.BYTES);
        return SegmentHeader.read(window, crc, start, windowBytes);
    }

    /** The version that the header names. */
    int version() throws IOException {
        return SegmentHeader.versionAt(window, seek(0, SegmentHeader.BYTES));
    }

    /** Says whether a frame begins there and is whole. */
    boolean isFrame(long offset) throws IOException {
        return JournalFrame.isWhole(window, crc, seek(offset, JournalFrame.BYTES_MAX), windowBytes);
    }

    /** The kind of the frame there. */
    byte kind(long offset) throws IOException {
        return JournalFrame.kindAt(window, seek(offset, JournalFrame.BYTES_MAX));
    }

    /** The sequence of the frame there. */
    long sequence(long offset) throws IOException {
        return JournalFrame.sequenceAt(window, seek(offset, JournalFrame.BYTES_MAX));
    }

    /** The sequence that the mark there holds. */
    long marked(long offset) throws IOException {
        return window.getLong(seek(offset, JournalFrame.BYTES_MAX) + JournalFrame.HEADER_BYTES);
    }

    /** Bytes of the payload of the frame there. */
    int payloadBytes(long offset) throws IOException {
        return JournalFrame.lengthAt(window, seek(offset, JournalFrame.BYTES_MAX));
    }

    /** Hands over the payload of the frame there. */
    void payload(long offset, PayloadSink sink) throws IOException {
        int from = seek(offset, JournalFrame.BYTES_MAX) + JournalFrame.HEADER_BYTES;
        sink.payload(bytes, from, from + payloadBytes(offset));
    }

    /** Where the next whole frame of at least that sequence begins; the file's size where there is none. */
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

    /** Says whether there are only zeros from there to the end. */
    boolean isEmpty(long from) throws IOException {
        return zerosEnd(from, size) == size;
    }

    /** How many bytes there are from there on, without the zeros at the end. */
    long usedBytes(long from) throws IOException {
        long used = 0;
        for (long offset = zerosEnd(from, size); offset < size; offset = zerosEnd(offset + 1, size)) {
            used = offset + 1 - from;
        }
        return used;
    }

    /**
     * Says whether a sector in the range was never written: from its beginning, or from {@code from} on where that is
     * inside of it, to its end it has only zeros, which is what is reserved.
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

    /** Where the zeros end that begin there. */
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
     * The index in the window of a place in the file; that many bytes are in the window from there on, or all that the
     * file has.
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
