package dev.tessera.impl.command.transfer;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.session.Partition;

/**
 * The argument of an {@link ExportCommand}; all numbers are little endian.
 *
 * <pre>
 *   0      1      9
 *   +------+------+-----------------------------+
 *   | kind | id   | SCAN: cursor, int64         |
 *   +------+------+ TOKENS: tokens, int64 each  |
 *     int8   int64| CONTINUE: nothing           |
 *                 +-----------------------------+
 * </pre>
 *
 * <p>The id is one that no other export uses at the same time. An image that is larger than a piece is known by it.
 */
public final class ExportQuery {

    static final byte SCAN = 0;
    static final byte TOKENS = 1;
    static final byte CONTINUE = 2;

    private static final int ID = 1;
    private static final int REST = ID + Long.BYTES;

    private ExportQuery() {}

    /** Asks for all sessions, from a cursor on that is 0 at first, and then what {@link ExportChunk#next} gives. */
    public static byte[] scan(long id, long cursor) {
        byte[] query = begin(SCAN, id, 1);
        Bytes.putLong(query, REST, cursor);
        return query;
    }

    /** Asks for those sessions of the partition that have some of the tokens. */
    public static byte[] tokens(long id, long[] tokens, int from, int to) {
        byte[] query = begin(TOKENS, id, to - from);
        for (int i = from; i < to; i++) {
            Bytes.putLong(query, REST + (i - from) * Long.BYTES, tokens[i]);
        }
        return query;
    }

    /** Asks for the rest of what a piece has left open. */
    public static byte[] goOn(long id) {
        return begin(CONTINUE, id, 0);
    }

    private static byte[] begin(byte kind, long id, int longs) {
        byte[] query = new byte[REST + longs * Long.BYTES];
        query[0] = kind;
        Bytes.putLong(query, ID, id);
        return query;
    }

    static byte kind(byte[] query) {
        return query[0];
    }

    static long id(byte[] query) {
        return Bytes.longAt(query, ID);
    }

    /** Where to begin: a cursor, or the index of a token. */
    static long from(byte[] query) {
        return kind(query) == SCAN ? Bytes.longAt(query, REST) : 0;
    }

    /** Where it ends. */
    static long end(byte[] query) {
        return kind(query) == SCAN ? Partition.SCAN_END : (query.length - REST) / Long.BYTES;
    }

    static long token(byte[] query, long index) {
        return Bytes.longAt(query, REST + (int) index * Long.BYTES);
    }
}
