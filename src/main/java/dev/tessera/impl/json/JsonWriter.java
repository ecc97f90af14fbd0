package dev.tessera.impl.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A writer of compact JSON into an array that grows up to a limit. The caller writes commas and brackets.
 *
 * <p>Thread: one at a time. A method that would exceed the limit throws {@link TooLarge}, and keeps the bytes written
 * before.
 */
public final class JsonWriter {

    private static final int CAPACITY_BYTES_MIN = 256;
    private static final byte[] NOTHING = {};
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    /** A report that the limit would be exceeded. It is an expected outcome, so it has no stack trace. */
    public static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private TooLarge(int bytesMax) {
            super("more than " + bytesMax + " bytes", null, false, false);
        }
    }

    private byte[] bytes = new byte[CAPACITY_BYTES_MIN];
    private int size;
    private int bytesMax = Integer.MAX_VALUE - 8;
    /** The size at which the array must grow, or the limit is reached. */
    private int end = CAPACITY_BYTES_MIN;

    /** Limits the writer to {@code bytesMax} more bytes. */
    public void limit(int bytesMax) {
        this.bytesMax = (int) Math.min((long) size + bytesMax, Integer.MAX_VALUE - 8);
        use(bytes);
    }

    private void use(byte[] array) {
        bytes = array;
        end = Math.min(array.length, bytesMax);
    }

    /** Returns how many more bytes fit within the limit. */
    public int room() {
        return bytesMax - size;
    }

    /** Returns the number of written bytes. */
    public int size() {
        return size;
    }

    /** Discards everything after the first {@code size} bytes. */
    public void truncate(int size) {
        this.size = size;
    }

    /** Returns the array with the bytes, valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Returns a copy of the written bytes and begins anew; keeps an array of at most {@code capacityBytesKept}. */
    public byte[] take(int capacityBytesKept) {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        if (bytes.length > capacityBytesKept) {
            use(new byte[Math.max(CAPACITY_BYTES_MIN, capacityBytesKept)]);
        }
        return taken;
    }

    /** Discards everything, and releases the array. Allocates nothing. */
    public void clear() {
        size = 0;
        use(NOTHING);
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

    /** Writes a member name as {@link #quoted}, and a colon. */
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
            // Nearly every status has two digits.
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

    /** Writes eight bytes, little endian, for data between a store and a gateway. */
    public JsonWriter longBytes(long value) {
        ensure(8);
        Bytes.putLong(bytes, size, value);
        size += 8;
        return this;
    }

    /** Writes four bytes, little endian, for the same use as {@link #longBytes}. */
    public JsonWriter intBytes(int value) {
        ensure(4);
        Bytes.putInt(bytes, size, value);
        size += 4;
        return this;
    }

    private void ensure(int more) {
        if (end - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long need = (long) size + more;
        if (need > bytesMax) {
            throw new TooLarge(bytesMax);
        }
        use(Arrays.copyOf(bytes, (int) Math.min(Math.max(need, size * 2L), bytesMax)));
    }
}
