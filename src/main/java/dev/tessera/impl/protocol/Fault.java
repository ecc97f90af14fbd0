package dev.tessera.impl.protocol;

import dev.tessera.protocol.Status;

/**
 * The reason for which the server refuses a command. Clients can expect it, and the command changed nothing.
 *
 * @param status the {@code st} of the answer
 * @param message the {@code m} of the answer: plain words that name the offending parameter
 * @param at the index of the refused command in a batch; {@link #ALONE} if the fault is that of the whole message
 */
public record Fault(Status status, String message, int at) {

    /** The index of a command that is not in a batch. */
    public static final int ALONE = -1;

    /** The fault of the server itself. Its message is the same for all causes, because only the log explains them. */
    public static final Fault INTERNAL = new Fault(Status.UNKNOWN, Messages.INTERNAL);

    /** Creates the fault of a whole message. */
    public Fault(Status status, String message) {
        this(status, message, ALONE);
    }

    /** Returns this fault as that of a command in a batch. */
    public Fault at(int index) {
        return new Fault(status, message, index);
    }
}
