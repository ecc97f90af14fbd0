package dev.tessera.client;

import dev.tessera.protocol.Status;
import java.util.List;

/** Says that a command was refused or went astray. It carries no stack trace, for it is an outcome to be expected. */
public final class TesseraException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status status;
    private final String[] notApplied;

    /** Made by clients. */
    TesseraException(Status status, String message) {
        this(status, message, List.of());
    }

    /** Made of an answer. */
    TesseraException(Status status, String message, List<String> notApplied) {
        super(message, null, false, false);
        this.status = status;
        this.notApplied = notApplied.toArray(String[]::new);
    }

    /** Why, as a client can tell it apart. */
    public Status status() {
        return status;
    }

    /**
     * The keys of a call that are not known to have been applied, in the order of the call; its others have been. Named
     * where a call on several keys without sessions had partitions that failed and others that did not
     * ({@link Status#OUTCOME_UNKNOWN}). Elsewhere this is empty, and the status alone says what is known.
     */
    public List<String> notApplied() {
        return List.of(notApplied);
    }

    @Override
    public String toString() {
        return getClass().getName() + ": " + status + ": " + getMessage();
    }
}
