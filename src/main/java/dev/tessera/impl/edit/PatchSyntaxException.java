package dev.tessera.impl.edit;

import java.util.Objects;

/**
 * A report that a JSON value is not a JSON patch. Its message is the predicate of a sentence. It has no stack trace.
 */
public final class PatchSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    PatchSyntaxException(String message) {
        super(message, null, false, false);
    }

    /** Returns the predicate of a sentence about the patch; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
