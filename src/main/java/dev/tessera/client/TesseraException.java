package dev.tessera.client;

import dev.tessera.protocol.Status;
import java.util.List;
import java.util.OptionalInt;

/** Reports that a command was refused or got no answer. It has no stack trace, because it is an expected outcome. */
public sealed class TesseraException extends RuntimeException permits ConflictException {

    private static final long serialVersionUID = 1L;

    private final Status status;
    private final String[] notApplied;
    /** -1 if the failure is not that of a command in a batch. */
    private final int batchIndex;
    /** -1 if the failure is not that of an operation of a patch. */
    private final int operationIndex;

    /**
     * The parts of a failure that only some answers have.
     *
     * @param notApplied see {@link TesseraException#notApplied()}
     * @param batchIndex -1 if the answer has none
     * @param operationIndex -1 if the answer has none
     */
    record Details(List<String> notApplied, int batchIndex, int operationIndex) {

        static final Details NONE = new Details(List.of(), -1, -1);
    }

    /** Creates the failure of a call without an answer. */
    TesseraException(Status status, String message) {
        this(status, message, Details.NONE);
    }

    /** Creates the failure that an answer reports. */
    TesseraException(Status status, String message, Details details) {
        super(message, null, false, false);
        this.status = status;
        this.notApplied = details.notApplied().toArray(String[]::new);
        this.batchIndex = details.batchIndex();
        this.operationIndex = details.operationIndex();
    }

    /** Returns the reason. */
    public final Status status() {
        return status;
    }

    /**
     * Returns the keys of the call that may not have been applied, in the order of the call. All its other keys have
     * been applied. The list has elements only after a call on several keys of a server without sessions, if some
     * partitions failed and others did not ({@link Status#OUTCOME_UNKNOWN}). In all other cases it is empty.
     */
    public final List<String> notApplied() {
        return List.of(notApplied);
    }

    /** Returns the index of the command that failed in its {@link TesseraBatch}; empty if it was not in a batch. */
    public final OptionalInt batchIndex() {
        return batchIndex < 0 ? OptionalInt.empty() : OptionalInt.of(batchIndex);
    }

    /** Returns the index of the operation of a JSON patch that failed; empty after another failure. */
    public final OptionalInt operationIndex() {
        return operationIndex < 0 ? OptionalInt.empty() : OptionalInt.of(operationIndex);
    }

    /** Adds the status, which the message does not contain because callers show the message to users. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public final String toString() {
        return getClass().getName() + ": " + status + ": " + getMessage();
    }
}
