package dev.tessera.impl.journal.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The format of a frame, the smallest unit of a segment that a checksum covers. All numbers are little endian.
 *
 * <pre>
 *   0      1          4            12            12 + length
 *   +------+----------+------------+-------------+---------+
 *   | kind | length   | sequence   | payload     | CRC-32C |
 *   +------+----------+------------+-------------+---------+
 *     u8     u24        u64                        u32, of all bytes before
 * </pre>
 *
 * <p>The sequence counts the frames of all segments without gaps, beginning with 1. A payload is one frame
 * ({@link #WHOLE}) if it fits. If it is larger than {@link #PAYLOAD_BYTES_MAX} or than the rest of the segment, it is a
 * {@link #FIRST}, any number of {@link #MIDDLE} and a {@link #LAST} frame, which may continue in the next segment. A
 * {@link #MARK} contains the last sequence that was on disk when the mark was written. Damage before that is not the
 * result of a crash.
 *
 * <p>No kind is zero or differs from zero in only one bit: if a frame begins with zero, nothing was written there.
 */
public final class JournalFrame {

    /** A complete payload. */
    public static final byte WHOLE = 'W';
    /** The first part of a payload. */
    public static final byte FIRST = 'F';
    /** A further part of a payload. */
    public static final byte MIDDLE = 'M';
    /** The last part of a payload. */
    public static final byte LAST = 'L';
    /** A mark of what is on disk. */
    public static final byte MARK = 'S';

    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 12;
    /** Bytes around the payload. */
    public static final int OVERHEAD_BYTES = HEADER_BYTES + 4;
    /** The size limit of the payload in one frame. */
    public static final int PAYLOAD_BYTES_MAX = 1 << 16;
    /** The size limit of a frame. */
    public static final int BYTES_MAX = PAYLOAD_BYTES_MAX + OVERHEAD_BYTES;
    /** The size of a mark. */
    public static final int MARK_BYTES = OVERHEAD_BYTES + 8;

    private JournalFrame() {}

    /** Returns the space that a payload needs on disk at most: its frames, and the mark after the force. */
    public static long costMax(long payloadBytes) {
        return payloadBytes + OVERHEAD_BYTES * (1 + payloadBytes / PAYLOAD_BYTES_MAX) + MARK_BYTES;
    }

    /** Writes a frame at the buffer's position. The buffer must have space for it. */
    public static void write(
            ByteBuffer into, CRC32C crc, byte kind, long sequence, byte[] payload, int from, int length) {
        int start = into.position();
        into.putInt((kind & 0xFF) | (length << 8)).putLong(sequence).put(payload, from, length);
        into.putInt(crcOf(into, crc, start, into.position()));
    }

    /** Writes a mark at the buffer's position. The buffer must have space for it. */
    public static void writeMark(ByteBuffer into, CRC32C crc, long sequence, long forcedSequence) {
        int start = into.position();
        into.putInt((MARK & 0xFF) | (8 << 8)).putLong(sequence).putLong(forcedSequence);
        into.putInt(crcOf(into, crc, start, into.position()));
    }

    /** Returns the kind of the frame at {@code start}. */
    public static byte kindAt(ByteBuffer buffer, int start) {
        return buffer.get(start);
    }

    /** Returns the length of the payload of the frame at {@code start}. */
    public static int lengthAt(ByteBuffer buffer, int start) {
        return buffer.getInt(start) >>> 8;
    }

    /** Returns the sequence of the frame at {@code start}. */
    public static long sequenceAt(ByteBuffer buffer, int start) {
        return buffer.getLong(start + 4);
    }

    /** Returns whether a whole frame begins at {@code start} and ends before {@code limit}. */
    public static boolean isWhole(ByteBuffer buffer, CRC32C crc, int start, int limit) {
        if (limit - start < OVERHEAD_BYTES + 1) {
            return false;
        }
        int length = lengthAt(buffer, start);
        if (length == 0
                || length > PAYLOAD_BYTES_MAX
                || length > limit - start - OVERHEAD_BYTES
                || !isKind(kindAt(buffer, start), length)) {
            return false;
        }
        int crcAt = start + HEADER_BYTES + length;
        return buffer.getInt(crcAt) == crcOf(buffer, crc, start, crcAt);
    }

    private static boolean isKind(byte kind, int length) {
        return switch (kind) {
            case WHOLE, FIRST, MIDDLE, LAST -> true;
            case MARK -> length == 8;
            default -> false;
        };
    }

    static int crcOf(ByteBuffer buffer, CRC32C crc, int from, int to) {
        int position = buffer.position();
        int limit = buffer.limit();
        crc.reset();
        buffer.limit(to).position(from);
        crc.update(buffer);
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
