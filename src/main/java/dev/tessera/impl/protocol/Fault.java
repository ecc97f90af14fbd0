package dev.tessera.impl.protocol;

import dev.tessera.protocol.Status;

/**
 * Why a command was refused: an outcome that a client can expect, and that changed nothing.
 *
 * @param status the {@code st} of the answer
 * @param message the {@code m} of the answer: plain words that name the offending parameter
 */
public record Fault(Status status, String message) {

    /** What is answered where the server itself is at fault: the one outcome of which the client need not know more. */
    public static final Fault INTERNAL = new Fault(Status.UNKNOWN, "an internal fault; the server's log has its cause");
}
