package dev.tessera.impl.json;

/**
 * Says where and why a text is not JSON. It is an answer to a client and not a fault of the server, so it carries no
 * stack trace: hostile input must not cost more than it is worth.
 */
public final class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    JsonException(int position, String what) {
        super(what, null, false, false);
        this.position = position;
    }

    /** The index in the scanned array at which the text stopped being JSON. */
    public int position() {
        return position;
    }
}
