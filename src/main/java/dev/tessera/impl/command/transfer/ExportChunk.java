package dev.tessera.impl.command.transfer;

import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.Partition;

/**
 * The reply of an {@link ExportCommand}; all numbers are little endian.
 *
 * <pre>
 *   0      1       9       17         21      25
 *   +------+-------+-------+----------+-------+------+
 *   | DONE | next  | keys  | sessions | flags | text |
 *   +------+-------+-------+----------+-------+------+
 *            int64   int64   int32      int32
 * </pre>
 *
 * @param next where the next query goes on: a cursor, or how many tokens were seen to; without meaning in what goes on
 * @param keys how many keys stand in it
 * @param sessions how many sessions begin in it
 * @param open whether {@link ExportQuery#goOn} must be asked next
 * @param endsInside whether the last session goes on in the next piece
 * @param bytes the whole reply
 */
public record ExportChunk(long next, long keys, int sessions, boolean open, boolean endsInside, byte[] bytes) {

    private static final int OPEN = 1;
    private static final int ENDS_INSIDE = 2;

    private static final int NEXT = 0;
    private static final int KEYS = NEXT + Long.BYTES;
    private static final int SESSIONS = KEYS + Long.BYTES;
    private static final int FLAGS = SESSIONS + Integer.BYTES;
    private static final int HEADER_BYTES = FLAGS + Integer.BYTES;

    /** The text begins here, and ends with the reply. */
    public static final int TEXT_FROM = 1 + HEADER_BYTES;

    /** Reads a reply, which becomes part of it; null where it is not the command's. */
    public static ExportChunk of(byte[] reply) {
        if (reply.length < TEXT_FROM || reply[0] != InternalCommand.DONE) {
            return null;
        }
        int flags = Bytes.intAt(reply, 1 + FLAGS);
        return new ExportChunk(
                Bytes.longAt(reply, 1 + NEXT),
                Bytes.longAt(reply, 1 + KEYS),
                Bytes.intAt(reply, 1 + SESSIONS),
                (flags & OPEN) != 0,
                (flags & ENDS_INSIDE) != 0,
                reply);
    }

    /** Says whether a scan that has come to a cursor has seen all sessions of the partition. */
    public static boolean isEnd(long cursor) {
        return cursor >= Partition.SCAN_END;
    }

    static void reserveHeader(JsonWriter out) {
        for (int i = 0; i < HEADER_BYTES; i += Long.BYTES) {
            out.longBytes(0);
        }
    }

    static void writeHeader(byte[] bytes, int from, long next, ExportCounts written, boolean open, boolean endsInside) {
        Bytes.putLong(bytes, from + NEXT, next);
        Bytes.putLong(bytes, from + KEYS, written.keys);
        Bytes.putInt(bytes, from + SESSIONS, written.sessions);
        Bytes.putInt(bytes, from + FLAGS, (open ? OPEN : 0) | (endsInside ? ENDS_INSIDE : 0));
    }
}
