package dev.tessera.impl.json;

import java.util.Arrays;

/**
 * A strict scanner of JSON texts (RFC 8259) in UTF-8. It validates every byte once and yields slices instead of a tree,
 * so values keep their text.
 *
 * <p>A caller that knows the shape of the outer levels walks them with {@link #peek}, {@link #enter}, {@link #member},
 * {@link #element} and takes each inner value as a slice with {@link #skipValue}. The depth limit covers both. The
 * scanner does not recurse: the limit protects other readers of the text, not its own stack.
 *
 * <p>Thread: one at a time. Every method throws {@link JsonException} if the text is not JSON.
 */
public final class JsonScanner {

    private static final byte[] NOTHING = {};

    private static final String UNEXPECTED_END_IN_STRING = "unexpected end of text in a string";

    private final int depthMax;
    /** One bit for each level: set if the level is an object. */
    private final long[] objects;

    private byte[] text = NOTHING;
    private int at;
    private int end;
    private int depth;
    private boolean escaped;
    private boolean anyEscape;

    /**
     * Creates a scanner for many texts, one after the other.
     *
     * @param depthMax the deepest nesting of arrays and objects
     */
    public JsonScanner(int depthMax) {
        this.depthMax = depthMax;
        this.objects = new long[(depthMax >> 6) + 1];
    }

    /** Begins a new text. */
    public void reset(byte[] text, int from, int to) {
        this.text = text;
        this.at = from;
        this.end = to;
        this.depth = 0;
        this.anyEscape = false;
    }

    /**
     * Begins in the middle of a text, before a member's value inside {@code depth} objects. The caller vouches for the
     * text before {@code at}.
     *
     * @param depth at most the depth limit
     */
    public void resetWithin(int depth, byte[] text, int at, int to) {
        reset(text, at, to);
        for (int i = 0; i < depth; i++) {
            objects[i >> 6] |= 1L << i;
        }
        this.depth = depth;
    }

    /**
     * Returns whether the scanner has met an escape since the text began. If not, {@link #string} has changed no byte
     * of it.
     */
    public boolean anyEscape() {
        return anyEscape;
    }

    /** Returns the scanned array. */
    public byte[] text() {
        return text;
    }

    /** Returns the index of the next byte. */
    public int position() {
        return at;
    }

    /** Skips white space, and returns the next byte without consuming it; 0 at the end of the text. */
    public byte peek() {
        while (at < end) {
            byte b = text[at];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                return b;
            }
            at++;
        }
        return 0;
    }

    /** Enters the object or array whose opening byte {@link #peek} returned. */
    public void enter() {
        if (depth == depthMax) {
            throw error("nesting is deeper than " + depthMax);
        }
        boolean object = text[at++] == '{';
        long bit = 1L << depth;
        if (object) {
            objects[depth >> 6] |= bit;
        } else {
            objects[depth >> 6] &= ~bit;
        }
        depth++;
    }

    /**
     * Moves to the next member of the entered object: past its name and colon, before its value.
     *
     * @param first whether this is the first member
     * @return false if the object has ended; the scanner has then left it
     */
    public boolean member(boolean first, Slice name) {
        if (!more(first, (byte) '}', "expected ',' or '}'")) {
            return false;
        }
        string(name);
        colon();
        return true;
    }

    /**
     * Works as {@link #member}, but returns the name with its escapes. The text stays unchanged, so another scanner can
     * read it again.
     *
     * @param first whether this is the first member
     * @return false if the object has ended; the scanner has then left it
     */
    public boolean memberAsItStands(boolean first, Slice name) {
        if (!more(first, (byte) '}', "expected ',' or '}'")) {
            return false;
        }
        if (peek() != '"') {
            throw error("expected a string");
        }
        int from = at + 1;
        skipString();
        name.set(text, from, at - 1);
        colon();
        return true;
    }

    /**
     * Moves to the next element of the entered array, before its value.
     *
     * @param first whether this is the first element
     * @return false if the array has ended; the scanner has then left it
     */
    public boolean element(boolean first) {
        return more(first, (byte) ']', "expected ',' or ']'");
    }

    private boolean more(boolean first, byte close, String expected) {
        byte b = peek();
        if (b == close) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            if (b != ',') {
                throw error(expected);
            }
            at++;
        }
        return true;
    }

    private void colon() {
        if (peek() != ':') {
            throw error("expected ':'");
        }
        at++;
    }

    /** Reads a string into {@code into} as its canonical text, without quotes (see {@link JsonString}). */
    public void string(Slice into) {
        if (peek() != '"') {
            throw error("expected a string");
        }
        int from = at + 1;
        skipString();
        int to = at - 1;
        into.set(text, from, escaped ? canonicalize(from, to) : to);
    }

    /** Makes a string canonical in place. White space fills the saved bytes, so the text keeps its meaning. */
    private int canonicalize(int from, int to) {
        int canonicalTo = JsonString.canonicalize(text, from, to);
        if (canonicalTo < to) {
            text[canonicalTo] = '"';
            Arrays.fill(text, canonicalTo + 1, to + 1, (byte) ' ');
        }
        return canonicalTo;
    }

    /** Checks that the text ends here. */
    public void expectEnd() {
        peek();
        if (at < end) {
            throw error("unexpected text after the end");
        }
    }

    /** Reads a value into {@code into}, without the white space around it. */
    public void value(Slice into) {
        peek();
        int from = at;
        skipValue();
        into.set(text, from, at);
    }

    /** Validates one value and moves past it. */
    public void skipValue() {
        int base = depth;
        boolean first = scalarOrEnter();
        while (depth > base) {
            boolean object = (objects[(depth - 1) >> 6] & (1L << (depth - 1))) != 0;
            if (!more(
                    first, object ? (byte) '}' : (byte) ']', object ? "expected ',' or '}'" : "expected ',' or ']'")) {
                first = false;
                continue;
            }
            if (object) {
                if (peek() != '"') {
                    throw error("expected a string");
                }
                skipString();
                colon();
            }
            first = scalarOrEnter();
        }
    }

    /** Reads a whole scalar, or the opening of a container; returns whether it was an opening. */
    private boolean scalarOrEnter() {
        switch (peek()) {
            case '{', '[' -> {
                enter();
                return true;
            }
            case '"' -> skipString();
            case 't' -> word(0x65757274);
            case 'n' -> word(0x6C6C756E);
            case 'f' -> {
                at++;
                word(0x65736C61);
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber();
            case 0 -> {
                if (at < end) {
                    throw error("expected a value");
                }
                throw error("unexpected end of text");
            }
            default -> throw error("expected a value");
        }
        return false;
    }

    private void word(int letters) {
        if (end - at < 4 || Bytes.intAt(text, at) != letters) {
            throw error("expected true, false or null");
        }
        at += 4;
    }

    private void skipNumber() {
        if (text[at] == '-') {
            at++;
        }
        if (at < end && text[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < end && text[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (text[at] | 0x20) == 'e') {
            at++;
            if (at < end && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int from = at;
        while (at + 8 <= end && Bytes.isEightDigits(Bytes.longAt(text, at))) {
            at += 8;
        }
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw error("expected a digit");
        }
    }

    /** Moves past the closing quote of a string; sets {@link #escaped} to whether the string has a backslash. */
    private void skipString() {
        escaped = false;
        int i = at + 1;
        while (true) {
            while (i + 8 <= end) {
                long special = Bytes.specialInString(Bytes.longAt(text, i));
                if (special != 0) {
                    i += Long.numberOfTrailingZeros(special) >> 3;
                    break;
                }
                i += 8;
            }
            if (i >= end) {
                throw error(end, UNEXPECTED_END_IN_STRING);
            }
            byte b = text[i];
            if (b == '"') {
                at = i + 1;
                return;
            } else if (b == '\\') {
                escaped = true;
                anyEscape = true;
                i = skipEscape(i);
            } else if (b < 0) {
                int length = Utf8.sequenceLength(text, i, end);
                if (length == 0) {
                    throw error(i, "ill-formed UTF-8");
                }
                i += length;
            } else if (b < ' ') {
                throw error(i, "unescaped control character in a string");
            } else {
                i++;
            }
        }
    }

    private int skipEscape(int from) {
        if (from + 1 >= end) {
            throw error(end, UNEXPECTED_END_IN_STRING);
        }
        switch (text[from + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return from + 2;
            }
            case 'u' -> {
                int unit = hex4(from + 2);
                if (!Character.isSurrogate((char) unit)) {
                    return from + 6;
                }
                if (Character.isHighSurrogate((char) unit)
                        && from + 7 < end
                        && text[from + 6] == '\\'
                        && text[from + 7] == 'u'
                        && Character.isLowSurrogate((char) hex4(from + 8))) {
                    return from + 12;
                }
                throw error(from, "lone surrogate escape in a string");
            }
            default -> throw error(from, "unknown escape in a string");
        }
    }

    private int hex4(int from) {
        if (from + 4 > end) {
            throw error(end, UNEXPECTED_END_IN_STRING);
        }
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0 || text[i] < 0) {
                throw error(i, "expected a hexadecimal digit");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private JsonException error(String what) {
        return error(at, what);
    }

    private JsonException error(int position, String what) {
        return new JsonException(position, what);
    }
}
