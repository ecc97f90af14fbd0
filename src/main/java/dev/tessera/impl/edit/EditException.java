package dev.tessera.impl.edit;

import java.util.Objects;

/**
 * A report that a value cannot be changed as requested. Clients cause it at will, so it has no stack trace. Its message
 * is the predicate of a sentence about the value.
 */
public final class EditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The index of the operation if the change has no operations. */
    public static final int NO_OPERATION = -1;

    /** The reason for the failure. */
    public enum Reason {
        /** A place does not exist. */
        NO_PLACE,
        /** A value at a place has the wrong type. */
        WRONG_TYPE,
        /** A {@code test} of a patch failed. */
        CONFLICT,
        /** A number would have too many digits, or a patch copies too much. */
        LIMIT
    }

    private final Reason reason;
    private final int operation;

    EditException(Reason reason, String message) {
        this(reason, NO_OPERATION, message);
    }

    EditException(Reason reason, int operation, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.operation = operation;
    }

    /** Returns the reason. */
    public Reason reason() {
        return reason;
    }

    /** Returns the index of the failed operation of a patch, or {@link #NO_OPERATION}. */
    public int operation() {
        return operation;
    }

    /** Returns the predicate of a sentence about the value; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
