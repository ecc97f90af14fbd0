package dev.tessera.impl.journal.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What a segment begins with, in {@value #BYTES} bytes, little endian; frames (see {@link JournalFrame}) follow at
 * once, and zeros behind the last one.
 *
 * <pre>
 *   0            8           12     16           24         32          40         48           56     60
 *   +------------+-----------+------+------------+----------+-----------+----------+------------+------+---------+
 *   | "TESSERAJ" | version 1 | zero | journal    | number   | first     | base     | image      | zero | CRC-32C |
 *   +------------+-----------+------+------------+----------+-----------+----------+------------+------+---------+
 *     8 bytes      u32         u32    u64          u64        u64         u64        u64          u32    u32
 * </pre>
 *
 * @param journal drawn when the journal was begun; the same in all its segments
 * @param number of this segment; consecutive, and in the file's name
 * @param firstSequence of the first frame
 * @param base number of the segment with which the replay begins
 * @param imageBytes how many bytes of the log the image took that begins with the base; 0 where there is none
 */
public record SegmentHeader(long journal, long number, long firstSequence, long base, long imageBytes) {

    /** Bytes of a header. */
    public static final int BYTES = 64;

    private static final long MAGIC = ByteBuffer.wrap(new byte[] {'T', 'E', 'S', 'S', 'E', 'R', 'A', 'J'})
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    private static final int VERSION = 1;
    private static final int CRC_AT = BYTES - 4;

    /** Writes it at the buffer's position. */
    public void write(ByteBuffer into, CRC32C crc) {
        int start = into.position();
        into.putLong(MAGIC)
                .putInt(VERSION)
                .putInt(0)
                .putLong(journal)
                .putLong(number)
                .putLong(firstSequence)
                .putLong(base)
                .putLong(imageBytes)
                .putInt(0);
        into.putInt(JournalFrame.crcOf(into, crc, start, start + CRC_AT));
    }

    /** Reads what begins at {@code start}; null where that is no whole header. */
    public static SegmentHeader read(ByteBuffer buffer, CRC32C crc, int start, int limit) {
        if (limit - start < BYTES
                || buffer.getLong(start) != MAGIC
                || buffer.getInt(start + CRC_AT) != JournalFrame.crcOf(buffer, crc, start, start + CRC_AT)) {
            return null;
        }
        return new SegmentHeader(
                buffer.getLong(start + 16),
                buffer.getLong(start + 24),
                buffer.getLong(start + 32),
                buffer.getLong(start + 40),
                buffer.getLong(start + 48));
    }

    /** The version of the format that a whole header names. */
    public static int versionAt(ByteBuffer buffer, int start) {
        return buffer.getInt(start + 8);
    }

    /** Whether this program reads that version. */
    public static boolean isKnown(int version) {
        return version == VERSION;
    }
}
