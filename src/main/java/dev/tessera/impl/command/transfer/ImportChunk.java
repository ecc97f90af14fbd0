package dev.tessera.impl.command.transfer;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;

/**
 * Builds the arguments of an {@link ImportCommand}: sessions for one partition. The first session may have begun in an
 * earlier argument, and the last one may continue in a later argument. All numbers are little endian.
 *
 * <pre>
 *   id int64, and then for each session
 *     flags int8
 *     FIRST: token int64, duration int64, length int32, name; otherwise: number of earlier pieces of the session, int32
 *     keys int32, ends int32
 *     for each key: length int32, key, length int32, value
 *     for each end of a key: length int32, key, instant int64
 * </pre>
 *
 * <p>The partition keeps an incomplete session under the id. It counts the pieces of a session, and refuses a piece if
 * an earlier one is missing. Thread: one at a time.
 */
public final class ImportChunk {

    static final int FIRST = 1;
    static final int LAST = 2;
    static final int SHARED = 4;
    static final int DELETE_SESSION = 8;
    static final int ABORT = 16;

    private final JsonWriter out = new JsonWriter();
    private int flagsAt;
    private int countAt;
    private int keys;
    private int ends;

    /** Returns the argument that discards the incomplete session of an id. */
    public static byte[] abort(long id) {
        JsonWriter out = new JsonWriter();
        return out.longBytes(id).mark((char) ABORT).intBytes(0).take(0);
    }

    /** Returns the size of the argument in bytes. */
    public int size() {
        return out.size();
    }

    /**
     * Begins a session.
     *
     * @param durationSeconds the duration of its expiry
     */
    public void begin(long id, long token, boolean shared, byte[] name, long durationSeconds, boolean deleteSession) {
        piece(id, FIRST | (shared ? SHARED : 0) | (deleteSession ? DELETE_SESSION : 0));
        out.longBytes(token).longBytes(durationSeconds).intBytes(name.length).raw(name);
        count();
    }

    /**
     * Continues a session that has begun in an earlier argument.
     *
     * @param pieces the number of its earlier pieces
     */
    public void goOn(long id, int pieces) {
        piece(id, 0);
        out.intBytes(pieces);
        count();
    }

    private void piece(long id, int flags) {
        if (out.size() == 0) {
            out.longBytes(id);
        }
        flagsAt = out.size();
        out.mark((char) flags);
    }

    private void count() {
        countAt = out.size();
        keys = 0;
        ends = 0;
        out.intBytes(0).intBytes(0);
    }

    /**
     * Adds a key.
     *
     * @param key an array that begins with the key
     */
    public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) {
        out.intBytes(keyTo).raw(key, 0, keyTo).intBytes(valueTo - valueFrom).raw(value, valueFrom, valueTo);
        keys++;
    }

    /**
     * Adds the end of a key, after all keys of the session.
     *
     * @param key an array that begins with the key
     * @param endMs in milliseconds since 1970
     */
    public void keyEnd(byte[] key, int keyTo, long endMs) {
        out.intBytes(keyTo).raw(key, 0, keyTo).longBytes(endMs);
        ends++;
    }

    /** Ends a piece of a session; {@code last} if the session is complete. */
    public void end(boolean last) {
        Bytes.putInt(out.array(), countAt, keys);
        Bytes.putInt(out.array(), countAt + Integer.BYTES, ends);
        if (last) {
            out.array()[flagsAt] |= LAST;
        }
    }

    /** Returns the argument and begins a new one. */
    public byte[] take() {
        return out.take(0);
    }
}
