package dev.tessera.impl.journal.change;

import dev.tessera.impl.journal.BufferPool;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyRecord;
import java.util.Arrays;

/** A growing array of ops (see {@link PayloadOp}). Thread: one at a time. */
final class PayloadBuffer {

    private static final int CAPACITY_BYTES_MIN = 1024;
    /**
     * An array may leave only if at least this fraction (one part in two) of it is used. Otherwise the chunk would hold
     * too much unused memory.
     */
    private static final int USED_FRACTION = 2;

    private byte[] bytes = new byte[CAPACITY_BYTES_MIN];
    private int size;

    int size() {
        return size;
    }

    /** Returns a copy of the content and empties the buffer, which keeps at most {@code capacityBytesKept}. */
    byte[] take(int capacityBytesKept) {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        if (bytes.length > capacityBytesKept) {
            bytes = new byte[capacityBytesKept];
        }
        return taken;
    }

    /**
     * Returns the content and empties the buffer like {@link #take}. Instead of a large copy it returns the array
     * itself, which is longer than the content, and continues with an array of the pool.
     */
    byte[] takeOrCopy(BufferPool pool, int capacityBytesKept) {
        if (size < bytes.length / USED_FRACTION) {
            return take(capacityBytesKept);
        }
        byte[] taken = bytes;
        byte[] pooled = pool.poll();
        bytes = pooled != null ? pooled : new byte[Math.min(taken.length, capacityBytesKept)];
        size = 0;
        return taken;
    }

    void setByte(int index, byte value) {
        bytes[index] = value;
    }

    void part(byte part) {
        ensure(1);
        bytes[size++] = part;
    }

    void op(byte op) {
        part(op);
    }

    void session(long token) {
        opWithLong(PayloadOp.SESSION, token);
    }

    void revision(long revision) {
        opWithLong(PayloadOp.REVISION, revision);
    }

    void made(long token, byte[] name, boolean shared, Expiry expiry, long endMs) {
        opWithLong(PayloadOp.MADE, token);
        ensure(1 + 8 + 8 + 4 + name.length);
        bytes[size] =
                (byte) ((shared ? PayloadOp.SHARED : 0) | (expiry.deleteSession() ? PayloadOp.DELETE_SESSION : 0));
        Bytes.putLong(bytes, size + 1, expiry.durationSeconds());
        Bytes.putLong(bytes, size + 9, endMs);
        Bytes.putInt(bytes, size + 17, name.length);
        System.arraycopy(name, 0, bytes, size + 21, name.length);
        size += 21 + name.length;
    }

    void put(byte[] keyRecord) {
        opWithText(PayloadOp.RECORD, keyRecord, 0, keyRecord.length);
    }

    void removed(byte[] keyRecord) {
        opWithText(PayloadOp.REMOVED, keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
    }

    void keyEnd(byte[] keyRecord) {
        opWithLong(PayloadOp.KEY_END, KeyRecord.endMs(keyRecord));
        text(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
    }

    void expiry(Expiry expiry) {
        ensure(1 + 1 + 8);
        bytes[size] = PayloadOp.EXPIRY;
        bytes[size + 1] = expiry.deleteSession() ? PayloadOp.DELETE_SESSION : 0;
        Bytes.putLong(bytes, size + 2, expiry.durationSeconds());
        size += 10;
    }

    void end(long endMs) {
        opWithLong(PayloadOp.END, endMs);
    }

    private void opWithLong(byte op, long value) {
        ensure(9);
        bytes[size] = op;
        Bytes.putLong(bytes, size + 1, value);
        size += 9;
    }

    private void opWithText(byte op, byte[] source, int from, int to) {
        op(op);
        text(source, from, to);
    }

    private void text(byte[] source, int from, int to) {
        int length = to - from;
        ensure(4 + length);
        Bytes.putInt(bytes, size, length);
        System.arraycopy(source, from, bytes, size + 4, length);
        size += 4 + length;
    }

    private void ensure(int more) {
        long need = (long) size + more;
        if (need > bytes.length) {
            if (need > Integer.MAX_VALUE - 8) {
                throw new IllegalStateException("changes of " + need + " bytes were not taken in time");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(need, bytes.length * 2L), Integer.MAX_VALUE - 8));
        }
    }
}
