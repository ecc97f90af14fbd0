package dev.tessera.impl.command.transfer;

import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.Partition;
import org.jspecify.annotations.Nullable;

/**
 * The reply of an {@link ExportCommand}. All numbers are little endian.
 *
 * <pre>
 *   0      1       9       17         21      25
 *   +------+-------+-------+----------+-------+------+
 *   | DONE | next  | keys  | sessions | flags | text |
 *   +------+-------+-------+----------+-------+------+
 *            int64   int64   int32      int32
 * </pre>
 */
public final class ExportChunk {

    private static final int OPEN = 1;
    private static final int ENDS_INSIDE = 2;
    private static final int KEY_ENDS = 4;

    private static final int NEXT = 0;
    private static final int KEYS = NEXT + Long.BYTES;
    private static final int SESSIONS = KEYS + Long.BYTES;
    private static final int FLAGS = SESSIONS + Integer.BYTES;
    private static final int HEADER_BYTES = FLAGS + Integer.BYTES;

    /** The offset of the text, which fills the rest of the reply. */
    public static final int TEXT_FROM = 1 + HEADER_BYTES;

    private final byte[] bytes;

    private ExportChunk(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads a reply, which becomes part of the chunk. Returns null if the command did not write it. */
    public static @Nullable ExportChunk of(byte[] reply) {
        return reply.length < TEXT_FROM || reply[0] != InternalCommand.DONE ? null : new ExportChunk(reply);
    }

    /** Returns whether a scan has seen all sessions of the partition at a cursor. */
    public static boolean isEnd(long cursor) {
        return cursor >= Partition.SCAN_END;
    }

    /**
     * Returns the position of the next query: a cursor of a scan, or the number of tokens that this query has handled.
     * It has no meaning in the reply to {@link ExportQuery#goOn}.
     */
    public long next() {
        return Bytes.longAt(bytes, 1 + NEXT);
    }

    /** Returns the number of keys in the chunk. */
    public long keys() {
        return Bytes.longAt(bytes, 1 + KEYS);
    }

    /** Returns the number of sessions that begin in the chunk. */
    public int sessions() {
        return Bytes.intAt(bytes, 1 + SESSIONS);
    }

    /** Returns whether {@link ExportQuery#goOn} must be the next query. */
    public boolean open() {
        return (flags() & OPEN) != 0;
    }

    /** Returns whether the last session continues in the next chunk. */
    public boolean endsInside() {
        return (flags() & ENDS_INSIDE) != 0;
    }

    /** Returns whether a session in the chunk has ends of keys. */
    public boolean hasKeyEnds() {
        return (flags() & KEY_ENDS) != 0;
    }

    /** Returns the whole reply; the caller must not change it. */
    public byte[] bytes() {
        return bytes;
    }

    private int flags() {
        return Bytes.intAt(bytes, 1 + FLAGS);
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
        Bytes.putInt(
                bytes,
                from + FLAGS,
                (open ? OPEN : 0) | (endsInside ? ENDS_INSIDE : 0) | (written.keyEnds ? KEY_ENDS : 0));
    }
}
