package dev.tessera.impl.command.transfer;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;

/**
 * The argument of an {@link ImportCommand}, as it is put together: sessions, of which the first may have begun, and the
 * last may go on, in another argument for the same partition. All numbers are little endian.
 *
 * <pre>
 *   id int64, and then for each session
 *     flags int8
 *     FIRST: token int64, duration int64, length int32, name; otherwise: how many pieces there were before this one, int32
 *     keys int32, and then for each key: length int32, key, length int32, value
 * </pre>
 *
 * <p>A session that comes in several arguments is known by the id until its last one. Its pieces are counted, so that
 * none is taken where one before it is missing. Thread: one at a time.
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

    /** The argument that forgets what is known by an id. */
    public static byte[] abort(long id) {
        JsonWriter out = new JsonWriter();
        return out.longBytes(id).mark((char) ABORT).intBytes(0).take(0);
    }

    /** How large it is. */
    public int size() {
        return out.size();
    }

    /** Begins a session. */
    public void begin(long id, long token, boolean shared, byte[] name, long durationSeconds, boolean deleteSession) {
        piece(id, FIRST | (shared ? SHARED : 0) | (deleteSession ? DELETE_SESSION : 0));
        out.longBytes(token).longBytes(durationSeconds).intBytes(name.length).raw(name);
        count();
    }

    /**
     * Goes on with a session that has begun in another argument.
     *
     * @param pieces how many pieces of it there were before
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
        out.intBytes(0);
    }

    /** Adds a key. */
    public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) {
        out.intBytes(keyTo).raw(key, 0, keyTo).intBytes(valueTo - valueFrom).raw(value, valueFrom, valueTo);
        keys++;
    }

    /** Ends the session, or what of it is in this argument. */
    public void end(boolean last) {
        Bytes.putInt(out.array(), countAt, keys);
        if (last) {
            out.array()[flagsAt] |= LAST;
        }
    }

    /** The argument; begins a new one. */
    public byte[] take() {
        return out.take(0);
    }
}
