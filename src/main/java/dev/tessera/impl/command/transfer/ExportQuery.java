package dev.tessera.impl.command.transfer;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.session.Partition;

/**
 * The argument of an {@link ExportCommand}. All numbers are little endian.
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
 * <p>The id identifies the export among those that run at the same time. The partition keeps a snapshot that is larger
 * than a chunk under this id.
 */
public final class ExportQuery {

    static final byte SCAN = 0;
    static final byte TOKENS = 1;
    static final byte CONTINUE = 2;

    private static final int ID = 1;
    private static final int REST = ID + Long.BYTES;

    private ExportQuery() {}

    /** Returns a query for all sessions from a cursor on: 0 at first, then {@link ExportChunk#next}. */
    public static byte[] scan(long id, long cursor) {
        byte[] query = begin(SCAN, id, 1);
        Bytes.putLong(query, REST, cursor);
        return query;
    }

    /** Returns a query for the sessions of the partition with these tokens. */
    public static byte[] tokens(long id, long[] tokens, int from, int to) {
        byte[] query = begin(TOKENS, id, to - from);
        for (int i = from; i < to; i++) {
            Bytes.putLong(query, REST + (i - from) * Long.BYTES, tokens[i]);
        }
        return query;
    }

    /** Returns a query for the rest of an open chunk. */
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

    /** Returns the position to begin at: a cursor, or the index of a token. */
    static long from(byte[] query) {
        return kind(query) == SCAN ? Bytes.longAt(query, REST) : 0;
    }

    /** Returns the position to end at. */
    static long end(byte[] query) {
        return kind(query) == SCAN ? Partition.SCAN_END : (query.length - REST) / Long.BYTES;
    }

    static long token(byte[] query, long index) {
        return Bytes.longAt(query, REST + (int) index * Long.BYTES);
    }
}
