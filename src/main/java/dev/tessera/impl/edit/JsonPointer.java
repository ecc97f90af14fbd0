package dev.tessera.impl.edit;

import dev.tessera.impl.json.JsonString;
import java.util.Arrays;

/**
 * A JSON pointer (RFC 6901) in canonical text (see {@link JsonString}), read token by token. Canonical text escapes
 * neither {@code /} nor {@code ~}, so a token without {@code ~} is a slice of it. Used by one thread.
 */
final class JsonPointer {

    private final byte[] text;
    private final int from;
    private final int to;
    private int at;

    /** Creates a reader of a pointer that {@link #isValid} accepts. */
    JsonPointer(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.at = from;
    }

    /** Returns whether a text is empty or begins with a slash, and each {@code ~} is part of {@code ~0 or ~1}. */
    static boolean isValid(byte[] text, int from, int to) {
        if (from == to) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (text[i] == '~' && (i + 1 == to || (text[i + 1] != '0' && text[i + 1] != '1'))) {
                return false;
            }
        }
        return text[from] == '/';
    }

    /** Returns whether the pointer points to the whole value. */
    boolean isRoot() {
        return from == to;
    }

    /** Returns whether two pointers have the same tokens. */
    boolean isEqualTo(JsonPointer other) {
        return Arrays.equals(text, from, to, other.text, other.from, other.to);
    }

    /** Returns whether tokens are left. */
    boolean hasNext() {
        return at < to;
    }

    /** Returns the next token, with its {@code ~0} and {@code ~1} resolved. */
    MemberName next() {
        int begin = at + 1;
        boolean escaped = false;
        int end = begin;
        for (; end < to && text[end] != '/'; end++) {
            escaped |= text[end] == '~';
        }
        at = end;
        return escaped ? resolved(begin, end) : new MemberName(text, begin, end);
    }

    private MemberName resolved(int begin, int end) {
        byte[] token = new byte[end - begin];
        int length = 0;
        for (int i = begin; i < end; i++) {
            if (text[i] == '~') {
                token[length++] = (byte) (text[++i] == '0' ? '~' : '/');
            } else {
                token[length++] = text[i];
            }
        }
        return new MemberName(token, 0, length);
    }

    @Override
    public String toString() {
        return JsonString.decode(text, from, to);
    }
}
