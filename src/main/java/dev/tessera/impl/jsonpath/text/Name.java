package dev.tessera.impl.jsonpath.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string for comparisons with stored strings: a member name of a query, or a string literal of a filter.
 *
 * <p>Stored strings may hold escapes. An escape is always longer than the bytes it stands for, so only a stored string
 * that has escapes and is longer than the name needs to be decoded; without escapes the bytes must be the same.
 */
public final class Name {

    private final String string;
    private final byte[] utf8;
    /** The bytes of a name that fits one word, and a mask for as many. */
    private final long word;

    private final long wordMask;

    public Name(String string) {
        this.string = string;
        this.utf8 = string.getBytes(StandardCharsets.UTF_8);
        this.word = Swar.word(Arrays.copyOf(utf8, Long.BYTES), 0);
        this.wordMask = utf8.length == 0 ? 0 : -1L >>> (Long.SIZE - Byte.SIZE * Math.min(utf8.length, Long.BYTES));
    }

    /**
     * Compares with a stored string.
     *
     * @param from the start of its content
     * @param end the position after its closing quote, or its complement if the content has escapes
     */
    boolean equalsContent(byte[] text, int from, int end) {
        if (end < 0) {
            int to = ~end - 1;
            return to - from > utf8.length && Arrays.equals(Strings.decode(text, from, to), utf8);
        }
        return end - 1 - from == utf8.length && sameBytes(text, from, end - 1);
    }

    private boolean sameBytes(byte[] text, int from, int to) {
        if (to - from <= Long.BYTES && text.length - from >= Long.BYTES) {
            return (Swar.word(text, from) & wordMask) == word;
        }
        return Arrays.equals(text, from, to, utf8, 0, utf8.length);
    }

    /** Returns the string in UTF-8; not to be changed. */
    byte[] utf8() {
        return utf8;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && name.string.equals(string);
    }

    @Override
    public int hashCode() {
        return string.hashCode();
    }

    @Override
    public String toString() {
        return string;
    }
}
