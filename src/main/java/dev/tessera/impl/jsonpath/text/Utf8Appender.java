package dev.tessera.impl.jsonpath.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of UTF-8 bytes for a path; reusable after a reset. */
public final class Utf8Appender {

    private byte[] buffer = new byte[64];
    private int length;

    /** Appends one ASCII character. */
    public void ascii(char c) {
        reserve(1);
        buffer[length++] = (byte) c;
    }

    /** Appends ASCII characters. */
    public void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            ascii(text.charAt(i));
        }
    }

    /** Appends {@code source[from, to)}. */
    public void bytes(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, buffer, length, to - from);
        length += to - from;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
        }
    }

    /** Empties the buffer. */
    public void reset() {
        length = 0;
    }

    /** Returns the bytes appended so far; only the first {@link #length()} count, and only until the next change. */
    public byte[] buffer() {
        return buffer;
    }

    public int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }
}
