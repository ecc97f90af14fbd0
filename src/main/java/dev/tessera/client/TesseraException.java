package dev.tessera.client;

import dev.tessera.protocol.Status;
import java.util.List;

/** Reports that a command was refused or got no answer. It has no stack trace, because it is an expected outcome. */
public final class TesseraException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status status;
    private final String[] notApplied;

    /** Creates the failure of a call without an answer. */
    TesseraException(Status status, String message) {
        this(status, message, List.of());
    }

    /** Creates the failure that an answer reports. */
    TesseraException(Status status, String message, List<String> notApplied) {
        super(message, null, false, false);
        this.status = status;
        this.notApplied = notApplied.toArray(String[]::new);
    }

    /** Returns the reason. */
    public Status status() {
        return status;
    }

    /**
     * Returns the keys of the call that may not have been applied, in the order of the call. All its other keys have
     * been applied. The list has elements only after a call on several keys of a server without sessions, if some
     * partitions failed and others did not ({@link Status#OUTCOME_UNKNOWN}). In all other cases it is empty.
     */
    public List<String> notApplied() {
        return List.of(notApplied);
    }

    /** Adds the status, which the message does not contain because callers show the message to users. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return getClass().getName() + ": " + status + ": " + getMessage();
    }
}
