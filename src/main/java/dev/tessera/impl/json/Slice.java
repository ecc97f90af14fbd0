package dev.tessera.impl.json;

import java.nio.charset.StandardCharsets;

/** A part of an array, to be filled again and again by the one who owns it. */
public final class Slice {

    private byte[] array;
    private int from;
    private int to;

    /** An empty slice, to be set. */
    public Slice() {
        this.array = new byte[0];
    }

    /** Points to another part. */
    public void set(byte[] array, int from, int to) {
        this.array = array;
        this.from = from;
        this.to = to;
    }

    /** The array. */
    public byte[] array() {
        return array;
    }

    /** The index of the first byte. */
    public int from() {
        return from;
    }

    /** The index behind the last byte. */
    public int to() {
        return to;
    }

    /** How many bytes it has. */
    public int length() {
        return to - from;
    }

    /** A copy of the part alone. */
    public byte[] copy() {
        return java.util.Arrays.copyOfRange(array, from, to);
    }

    /** Says whether the part holds these bytes. */
    public boolean contentEquals(byte[] bytes) {
        return java.util.Arrays.equals(array, from, to, bytes, 0, bytes.length);
    }

    @Override
    public String toString() {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }
}
