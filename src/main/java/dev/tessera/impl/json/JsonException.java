package dev.tessera.impl.json;

import java.util.Objects;

/**
 * A report that a text is not JSON, with the position and the reason. It has no stack trace, because clients cause it
 * at will and it is no fault of the server.
 */
public final class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    JsonException(int position, String what) {
        super(what, null, false, false);
        this.position = position;
    }

    /** Returns the reason; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Returns the index of the first wrong byte in the scanned array. */
    public int position() {
        return position;
    }
}
