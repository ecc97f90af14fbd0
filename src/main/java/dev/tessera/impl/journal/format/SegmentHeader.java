package dev.tessera.impl.journal.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header of a segment: {@value #BYTES} bytes, little endian. Frames (see {@link JournalFrame}) follow directly, and
 * zeros follow the last frame.
 *
 * <pre>
 *   0            8           12     16           24         32          40         48           56     60
 *   +------------+-----------+------+------------+----------+-----------+----------+------------+------+---------+
 *   | "TESSERAJ" | version   | zero | journal    | number   | first     | base     | snapshot   | zero | CRC-32C |
 *   +------------+-----------+------+------------+----------+-----------+----------+------------+------+---------+
 *     8 bytes      u32         u32    u64          u64        u64         u64        u64          u32    u32
 * </pre>
 *
 * @param journal a random number that identifies the journal; the same in all its segments
 * @param number the number of this segment, which is also in the file's name; consecutive
 * @param firstSequence the sequence number of the first frame
 * @param base the number of the segment with which a replay begins
 * @param snapshotBytes the size of the snapshot that begins in the segment {@code base}; 0 if there is none
 */
public record SegmentHeader(long journal, long number, long firstSequence, long base, long snapshotBytes) {

    /** The size of a header. */
    public static final int BYTES = 64;

    private static final long MAGIC = ByteBuffer.wrap(new byte[] {'T', 'E', 'S', 'S', 'E', 'R', 'A', 'J'})
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    /** The second version: key records have revisions and ends. */
    private static final int VERSION = 2;

    private static final int CRC_AT = BYTES - 4;

    /** Writes the header at the buffer's position. */
    public void write(ByteBuffer into, CRC32C crc) {
        int start = into.position();
        into.putLong(MAGIC)
                .putInt(VERSION)
                .putInt(0)
                .putLong(journal)
                .putLong(number)
                .putLong(firstSequence)
                .putLong(base)
                .putLong(snapshotBytes)
                .putInt(0);
        into.putInt(JournalFrame.crcOf(into, crc, start, start + CRC_AT));
    }

    /** Reads the header at {@code start}; returns null if it is cut off, has another magic, or has a wrong checksum. */
    public static @Nullable SegmentHeader read(ByteBuffer buffer, CRC32C crc, int start, int limit) {
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

    /** Returns the format version of a header that {@link #read} accepted. */
    public static int versionAt(ByteBuffer buffer, int start) {
        return buffer.getInt(start + 8);
    }

    /** Returns whether this program can read this version. */
    public static boolean isKnown(int version) {
        return version >= 1 && version <= VERSION;
    }
}
