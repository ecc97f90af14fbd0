package dev.tessera.impl.jsonpath.parser;

/** A cursor over the characters of a query that knows its position, for messages. */
final class QueryReader {

    /** The result of {@link #peek} at the end. */
    static final int END = -1;

    private final String source;
    private int at;

    QueryReader(String source) {
        this.source = source;
    }

    int position() {
        return at;
    }

    /** Goes back to a position taken before. */
    void reset(int position) {
        at = position;
    }

    /** Returns the next code point without taking it, or {@link #END}. */
    int peek() {
        return at < source.length() ? source.codePointAt(at) : END;
    }

    /** Takes the next code point. */
    int take() {
        int c = peek();
        at += c == END ? 0 : Character.charCount(c);
        return c;
    }

    /** Takes this character if it is next. */
    boolean accept(char wanted) {
        boolean next = at < source.length() && source.charAt(at) == wanted;
        at += next ? 1 : 0;
        return next;
    }

    /** Takes this text if it is next. */
    boolean accept(String wanted) {
        boolean next = source.startsWith(wanted, at);
        at += next ? wanted.length() : 0;
        return next;
    }

    void expect(char wanted, String where) {
        if (!accept(wanted)) {
            throw error("expected '" + wanted + "' " + where + ", found " + found());
        }
    }

    /** Takes blank space; returns whether there was any. */
    boolean space() {
        int start = at;
        while (at < source.length() && isBlank(source.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    boolean nextIsDigit() {
        return isDigit(peek());
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Returns the text since a position. */
    String since(int position) {
        return source.substring(position, at);
    }

    /** Names the next character, for a message. */
    String found() {
        int c = peek();
        if (c == END) {
            return "the end";
        }
        return c < ' ' || Character.getType(c) == Character.SURROGATE
                ? String.format("the character U+%04X", c)
                : "'" + Character.toString(c) + "'";
    }

    JsonPathSyntaxException error(String what) {
        return errorAt(at, what);
    }

    JsonPathSyntaxException errorAt(int position, String what) {
        return new JsonPathSyntaxException(source.codePointCount(0, position) + 1, what);
    }
}
