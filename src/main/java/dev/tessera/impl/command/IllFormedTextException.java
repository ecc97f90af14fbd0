package dev.tessera.impl.command;

/** Says that a message is not UTF-8; what follows from it is the transport's matter. It carries no stack trace. */
public final class IllFormedTextException extends Exception {

    private static final long serialVersionUID = 1L;

    IllFormedTextException() {
        super("the message is not well-formed UTF-8", null, false, false);
    }
}
