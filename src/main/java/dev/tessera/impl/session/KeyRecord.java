package dev.tessera.impl.session;

import dev.tessera.impl.json.Bytes;
import java.util.Arrays;

/**
 * A key and its value in one immutable array, because two arrays would cost one more header and reference.
 *
 * <pre>
 *   0        4            4 + k          length
 *   +--------+------------+--------------+
 *   | k      | key        | value        |
 *   +--------+------------+--------------+
 *     int32    canonical    JSON text, as
 *     little   text         it came
 *     endian
 * </pre>
 *
 * <p>The key is the canonical text of a JSON string (see {@link dev.tessera.impl.json.JsonString}) without its quotes.
 */
public final class KeyRecord {

    /** The bytes of a record beside its key and its value. */
    static final int HEADER_BYTES = 4;

    private KeyRecord() {}

    static byte[] of(byte[] key, int keyFrom, int keyTo, byte[] value, int valueFrom, int valueTo) {
        int keyLength = keyTo - keyFrom;
        byte[] keyRecord = new byte[HEADER_BYTES + keyLength + valueTo - valueFrom];
        Bytes.putInt(keyRecord, 0, keyLength);
        System.arraycopy(key, keyFrom, keyRecord, HEADER_BYTES, keyLength);
        System.arraycopy(value, valueFrom, keyRecord, HEADER_BYTES + keyLength, valueTo - valueFrom);
        return keyRecord;
    }

    static boolean hasKey(byte[] keyRecord, byte[] key, int from, int to) {
        return Bytes.intAt(keyRecord, 0) == to - from
                && Arrays.equals(keyRecord, HEADER_BYTES, HEADER_BYTES + to - from, key, from, to);
    }

    /** Returns whether an array from outside has the format of a record. Does not check the key and the value. */
    public static boolean isWellFormed(byte[] array) {
        return array.length > HEADER_BYTES
                && Bytes.intAt(array, 0) >= 0
                && Bytes.intAt(array, 0) < array.length - HEADER_BYTES;
    }

    /** Returns the index of the key's first byte. */
    public static int keyFrom(byte[] keyRecord) {
        return HEADER_BYTES;
    }

    /** Returns the index after the key's last byte. */
    public static int keyTo(byte[] keyRecord) {
        return HEADER_BYTES + Bytes.intAt(keyRecord, 0);
    }

    /** Returns the index of the value's first byte; the value extends to the end of the array. */
    public static int valueFrom(byte[] keyRecord) {
        return keyTo(keyRecord);
    }
}
