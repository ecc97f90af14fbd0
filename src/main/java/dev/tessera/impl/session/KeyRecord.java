package dev.tessera.impl.session;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.memory.ObjectSize;
import java.util.Arrays;

/**
 * A key and its value in one immutable array, because two arrays would cost one more header and reference.
 *
 * <pre>
 *   0          8        12        20       20 + k         length
 *   +----------+--------+---------+--------+--------------+
 *   | revision | k      | end     | key    | value        |
 *   +----------+--------+---------+--------+--------------+
 *     int64      int32    int64,    canon-   JSON text, as
 *                         if any    ical     it came
 *                                   text
 * </pre>
 *
 * <p>Numbers are little endian. The sign of the revision tells whether the key has an end, an instant in milliseconds
 * since 1970. Without an end, the key begins at 12. The key is the canonical text of a JSON string (see
 * {@link dev.tessera.impl.json.JsonString}) without its quotes.
 *
 * <p>Only this class and {@link KeySpace} know the layout.
 */
public final class KeyRecord {

    /** The end of a key that never expires. */
    public static final long NO_END = Expiry.NEVER_MS;

    /** The bytes of a record beside its end, its key and its value. */
    static final int HEADER_BYTES = 12;

    /** The most bytes by which a record grows on the heap if it gets an end. */
    public static final long END_GROWTH_MAX = 16;

    private static final int END_BYTES = 8;
    private static final int KEY_LENGTH_AT = 8;
    private static final long HAS_END = Long.MIN_VALUE;

    private KeyRecord() {}

    static byte[] of(
            long revision, long endMs, byte[] key, int keyFrom, int keyTo, byte[] value, int valueFrom, int valueTo) {
        int keyLength = keyTo - keyFrom;
        int from = headerBytes(endMs);
        byte[] keyRecord = new byte[from + keyLength + valueTo - valueFrom];
        Bytes.putInt(keyRecord, KEY_LENGTH_AT, keyLength);
        if (endMs == NO_END) {
            Bytes.putLong(keyRecord, 0, revision);
        } else {
            Bytes.putLong(keyRecord, 0, revision | HAS_END);
            Bytes.putLong(keyRecord, HEADER_BYTES, endMs);
        }
        System.arraycopy(key, keyFrom, keyRecord, from, keyLength);
        System.arraycopy(value, valueFrom, keyRecord, from + keyLength, valueTo - valueFrom);
        return keyRecord;
    }

    /** Returns a record with the key and the value of another one. */
    static byte[] with(long revision, long endMs, byte[] other) {
        return of(revision, endMs, other, keyFrom(other), keyTo(other), other, valueFrom(other), other.length);
    }

    /**
     * Returns the record for one of the first version, which is a key length, a key and a value.
     *
     * @throws IllegalArgumentException if it is not well formed
     */
    public static byte[] ofFirstVersion(byte[] old, long revision) {
        int keyFrom = Integer.BYTES;
        int keyLength = old.length > keyFrom ? Bytes.intAt(old, 0) : -1;
        if (keyLength < 0 || keyLength >= old.length - keyFrom) {
            throw new IllegalArgumentException("a key record of " + old.length + " bytes");
        }
        int keyTo = keyFrom + keyLength;
        return of(revision, NO_END, old, keyFrom, keyTo, old, keyTo, old.length);
    }

    /** Returns a record with the key and the end of another one, and an empty value. */
    public static byte[] withoutValue(byte[] other) {
        return Arrays.copyOf(other, valueFrom(other));
    }

    /** Returns a record whose end, if it has one, is moved by a difference between clocks. */
    public static byte[] shifted(byte[] keyRecord, long aheadMs) {
        return aheadMs == 0 || !hasEnd(keyRecord)
                ? keyRecord
                : with(revision(keyRecord), Expiry.shifted(endMs(keyRecord), aheadMs), keyRecord);
    }

    /** Returns the bytes of a record with this end beside its key and its value. */
    static int headerBytes(long endMs) {
        return endMs == NO_END ? HEADER_BYTES : HEADER_BYTES + END_BYTES;
    }

    /** Returns the bytes on the heap of a record with the key and the value of another one. */
    public static long bytesWithEnd(byte[] other, boolean hasEnd) {
        return ObjectSize.ofBytes((hasEnd ? headerBytes(0) : HEADER_BYTES) + (long) other.length - keyFrom(other));
    }

    static boolean hasKey(byte[] keyRecord, byte[] key, int from, int to) {
        if (Bytes.intAt(keyRecord, KEY_LENGTH_AT) != to - from) {
            return false;
        }
        int keyFrom = keyFrom(keyRecord);
        return Arrays.equals(keyRecord, keyFrom, keyFrom + to - from, key, from, to);
    }

    /** Returns whether an array from outside has the format of a record. Does not check the key and the value. */
    public static boolean isWellFormed(byte[] array) {
        if (array.length <= HEADER_BYTES) {
            return false;
        }
        int keyLength = Bytes.intAt(array, KEY_LENGTH_AT);
        return keyLength >= 0 && keyLength < array.length - keyFrom(array);
    }

    /** Returns the revision of the last change of the key. */
    public static long revision(byte[] keyRecord) {
        return Bytes.longAt(keyRecord, 0) & ~HAS_END;
    }

    static boolean hasEnd(byte[] keyRecord) {
        return Bytes.longAt(keyRecord, 0) < 0;
    }

    /** Returns the instant at which the key stops existing, in milliseconds since 1970; or {@link #NO_END}. */
    public static long endMs(byte[] keyRecord) {
        return hasEnd(keyRecord) ? Bytes.longAt(keyRecord, HEADER_BYTES) : NO_END;
    }

    /** Returns whether the key has expired. A key space never finds such a key, but a snapshot may hold it. */
    public static boolean isExpired(byte[] keyRecord, long nowMs) {
        return hasEnd(keyRecord) && Bytes.longAt(keyRecord, HEADER_BYTES) <= nowMs;
    }

    /** Returns the index of the key's first byte. */
    public static int keyFrom(byte[] keyRecord) {
        return hasEnd(keyRecord) ? HEADER_BYTES + END_BYTES : HEADER_BYTES;
    }

    /** Returns the index after the key's last byte. */
    public static int keyTo(byte[] keyRecord) {
        return keyFrom(keyRecord) + Bytes.intAt(keyRecord, KEY_LENGTH_AT);
    }

    /** Returns the index of the value's first byte; the value extends to the end of the array. */
    public static int valueFrom(byte[] keyRecord) {
        return keyTo(keyRecord);
    }
}
