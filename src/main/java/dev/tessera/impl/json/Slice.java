package dev.tessera.impl.json;

import java.nio.charset.StandardCharsets;

/** A reusable view of a part of an array. */
public final class Slice {

    private byte[] array;
    private int from;
    private int to;

    /** Creates an empty slice. */
    public Slice() {
        this.array = new byte[0];
    }

    /** Points the slice to another part. */
    public void set(byte[] array, int from, int to) {
        this.array = array;
        this.from = from;
        this.to = to;
    }

    /** Returns the array. */
    public byte[] array() {
        return array;
    }

    /** Returns the index of the first byte. */
    public int from() {
        return from;
    }

    /** Returns the index after the last byte. */
    public int to() {
        return to;
    }

    /** Returns the number of bytes. */
    public int length() {
        return to - from;
    }

    /** Returns a copy of the part. */
    public byte[] copy() {
        return java.util.Arrays.copyOfRange(array, from, to);
    }

    /** Returns whether the part has exactly these bytes. */
    public boolean contentEquals(byte[] bytes) {
        return java.util.Arrays.equals(array, from, to, bytes, 0, bytes.length);
    }

    @Override
    public String toString() {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }
}
