package dev.tessera.impl.protocol;

import dev.tessera.protocol.Status;

/**
 * The reason for which the server refuses a command. Clients can expect it, and the command changed nothing.
 *
 * @param status the {@code st} of the answer
 * @param message the {@code m} of the answer: plain words that name the offending parameter
 */
public record Fault(Status status, String message) {

    /** The fault of the server itself. Its message is the same for all causes, because only the log explains them. */
    public static final Fault INTERNAL = new Fault(Status.UNKNOWN, Messages.INTERNAL);
}
