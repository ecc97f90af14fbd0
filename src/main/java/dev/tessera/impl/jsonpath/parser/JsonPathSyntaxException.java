package dev.tessera.impl.jsonpath.parser;

/**
 * A query that is not JSONPath, or that is larger than the engine takes.
 *
 * <p>Expected input of clients: it carries no stack trace, and its message can be shown to them.
 */
public final class JsonPathSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    /**
     * Makes an exception.
     *
     * @param position the character where the trouble is, counted from 1
     */
    public JsonPathSyntaxException(int position, String what) {
        super("character " + position + " of the path: " + what, null, false, false);
        this.position = position;
    }

    /** Returns the character (Unicode code point) where the trouble is, counted from 1. */
    public int position() {
        return position;
    }
}
