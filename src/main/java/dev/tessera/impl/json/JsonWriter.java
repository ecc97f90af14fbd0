package dev.tessera.impl.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds compact JSON as bytes in an array that grows up to a bound. It writes what it is told; commas and brackets are
 * the caller's.
 *
 * <p>Thread: one at a time. A method that would pass the bound throws {@link TooLarge} and leaves what was written
 * before it.
 */
public final class JsonWriter {

    private static final int CAPACITY_BYTES_MIN = 256;
    private static final byte[] NOTHING = {};
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    /** Thrown where the bound would be passed. It is an expected outcome, so it has no stack trace. */
    public static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private TooLarge(int bytesMax) {
            super("more than " + bytesMax + " bytes", null, false, false);
        }
    }

    private byte[] bytes = new byte[CAPACITY_BYTES_MIN];
    private int size;
    private int bytesMax = Integer.MAX_VALUE - 8;

    /** Bounds what is written from here on to {@code bytesMax} more bytes. */
    public void limit(int bytesMax) {
        this.bytesMax = (int) Math.min((long) size + bytesMax, Integer.MAX_VALUE - 8);
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** Takes back all that was written after the first {@code size} bytes. */
    public void truncate(int size) {
        this.size = size;
    }

    /** The array that holds the bytes, valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written; begins anew, and keeps no more room than {@code capacityBytesKept}. */
    public byte[] take(int capacityBytesKept) {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        if (bytes.length > capacityBytesKept) {
            bytes = new byte[Math.max(CAPACITY_BYTES_MIN, capacityBytesKept)];
        }
        return taken;
    }

    /** Takes back all that was written, and lets its room go; takes none. */
    public void clear() {
        size = 0;
        bytes = NOTHING;
    }

    /** Writes one ASCII character. */
    public JsonWriter mark(char mark) {
        ensure(1);
        bytes[size++] = (byte) mark;
        return this;
    }

    /** Writes bytes as they are. */
    public JsonWriter raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** Writes bytes as they are. */
    public JsonWriter raw(byte[] source, int from, int to) {
        int length = to - from;
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
        return this;
    }

    /** Writes a canonical text (see {@link JsonString}) between quotes. */
    public JsonWriter quoted(byte[] source, int from, int to) {
        ensure(to - from + 2);
        putQuoted(source, from, to);
        return this;
    }

    /** As {@link #quoted}, with the colon behind the name of a member. */
    public JsonWriter name(byte[] source, int from, int to) {
        ensure(to - from + 3);
        putQuoted(source, from, to);
        bytes[size++] = ':';
        return this;
    }

    private void putQuoted(byte[] source, int from, int to) {
        int length = to - from;
        byte[] out = bytes;
        int at = size;
        out[at++] = '"';
        System.arraycopy(source, from, out, at, length);
        out[at + length] = '"';
        size = at + length + 1;
    }

    /** Writes a Java string. */
    public JsonWriter string(String string) {
        byte[] text = JsonString.canonical(string);
        return quoted(text, 0, text.length);
    }

    /** Writes a truth value. */
    public JsonWriter bool(boolean value) {
        return raw(value ? TRUE : FALSE);
    }

    /** Writes an unsigned 64-bit integer. */
    public JsonWriter unsigned(long value) {
        if (value >= 10 && value < 100) {
            // Nearly every status.
            ensure(2);
            int tens = (int) value / 10;
            bytes[size] = (byte) ('0' + tens);
            bytes[size + 1] = (byte) ('0' + ((int) value - tens * 10));
            size += 2;
            return this;
        }
        if (value >= 0) {
            int count = digitCount(value);
            ensure(count);
            digits(value, count);
        } else {
            long tenth = (value >>> 1) / 5;
            int count = digitCount(tenth);
            ensure(count + 1);
            digits(tenth, count);
            bytes[size++] = (byte) ('0' + (value - tenth * 10));
        }
        return this;
    }

    private void digits(long value, int count) {
        int at = size + count;
        size = at;
        long rest = value;
        do {
            long tenth = rest / 10;
            bytes[--at] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        } while (rest != 0);
    }

    private static int digitCount(long value) {
        int count = 1;
        for (long power = 10; count < 19 && value >= power; power *= 10) {
            count++;
        }
        return count;
    }

    /** Writes eight bytes, little endian; for parts that travel between a store and a gateway. */
    public JsonWriter longBytes(long value) {
        ensure(8);
        Bytes.putLong(bytes, size, value);
        size += 8;
        return this;
    }

    /** Writes four bytes, little endian; as {@link #longBytes}. */
    public JsonWriter intBytes(int value) {
        ensure(4);
        Bytes.putInt(bytes, size, value);
        size += 4;
        return this;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            grow(more);
        } else if (bytesMax - size < more) {
            throw new TooLarge(bytesMax);
        }
    }

    private void grow(int more) {
        long need = (long) size + more;
        if (need > bytesMax) {
            throw new TooLarge(bytesMax);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(need, size * 2L), Integer.MAX_VALUE - 8));
    }
}
