package dev.tessera.impl.journal.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A frame: the smallest piece of a segment that is whole or not. All numbers are little endian.
 *
 * <pre>
 *   0      1          4            12            12 + length
 *   +------+----------+------------+-------------+---------+
 *   | kind | length   | sequence   | payload     | CRC-32C |
 *   +------+----------+------------+-------------+---------+
 *     u8     u24        u64                        u32, of all before
 * </pre>
 *
 * <p>The sequence counts frames over all segments, from 1 on, without a gap. A payload lies in one frame
 * ({@link #WHOLE}), or, where it is larger than {@link #PAYLOAD_BYTES_MAX} or the segment has no more room for it, in a
 * {@link #FIRST}, any number of {@link #MIDDLE} and a {@link #LAST} one, which may go on in the next segment. A
 * {@link #MARK} holds the sequence up to which all frames were on disk when it was written: what is damaged before that
 * was not lost by a crash.
 *
 * <p>No kind is zero, nor one bit away from it: where a frame begins with zero, nothing was written.
 */
public final class JournalFrame {

    /** A payload. */
    public static final byte WHOLE = 'W';
    /** The first piece of a payload. */
    public static final byte FIRST = 'F';
    /** A further piece of a payload. */
    public static final byte MIDDLE = 'M';
    /** The last piece of a payload. */
    public static final byte LAST = 'L';
    /** What was on disk. */
    public static final byte MARK = 'S';

    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 12;
    /** Bytes around the payload. */
    public static final int OVERHEAD_BYTES = HEADER_BYTES + 4;
    /** Most bytes of payload in one frame. */
    public static final int PAYLOAD_BYTES_MAX = 1 << 16;
    /** Most bytes of a frame. */
    public static final int BYTES_MAX = PAYLOAD_BYTES_MAX + OVERHEAD_BYTES;
    /** Bytes of a mark. */
    public static final int MARK_BYTES = OVERHEAD_BYTES + 8;

    private JournalFrame() {}

    /** What a payload costs on disk at most: its frames, and the mark that follows when it is forced. */
    public static long costMax(long payloadBytes) {
        return payloadBytes + OVERHEAD_BYTES * (1 + payloadBytes / PAYLOAD_BYTES_MAX) + MARK_BYTES;
    }

    /** Writes a frame at the buffer's position; there must be room. */
    public static void write(
            ByteBuffer into, CRC32C crc, byte kind, long sequence, byte[] payload, int from, int length) {
        int start = into.position();
        into.putInt(kind & 0xFF | length << 8).putLong(sequence).put(payload, from, length);
        into.putInt(crcOf(into, crc, start, into.position()));
    }

    /** Writes a mark at the buffer's position; there must be room. */
    public static void writeMark(ByteBuffer into, CRC32C crc, long sequence, long forcedSequence) {
        int start = into.position();
        into.putInt(MARK & 0xFF | 8 << 8).putLong(sequence).putLong(forcedSequence);
        into.putInt(crcOf(into, crc, start, into.position()));
    }

    /** The kind of the frame at {@code start}. */
    public static byte kindAt(ByteBuffer buffer, int start) {
        return buffer.get(start);
    }

    /** The length of the payload of the frame at {@code start}. */
    public static int lengthAt(ByteBuffer buffer, int start) {
        return buffer.getInt(start) >>> 8;
    }

    /** The sequence of the frame at {@code start}. */
    public static long sequenceAt(ByteBuffer buffer, int start) {
        return buffer.getLong(start + 4);
    }

    /** Says whether a frame begins at {@code start} and is whole before {@code limit}. */
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
