package dev.tessera.impl.command;

/** Thrown for a message that is not UTF-8; the transport decides on the consequence. It carries no stack trace. */
public final class IllFormedTextException extends Exception {

    private static final long serialVersionUID = 1L;

    IllFormedTextException() {
        super("the message is not well-formed UTF-8", null, false, false);
    }
}
