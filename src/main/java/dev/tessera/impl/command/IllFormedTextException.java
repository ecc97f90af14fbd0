package dev.tessera.impl.command;

import dev.tessera.impl.protocol.Messages;

/** Thrown for a message that is not UTF-8; the transport decides on the consequence. It carries no stack trace. */
public final class IllFormedTextException extends Exception {

    private static final long serialVersionUID = 1L;

    IllFormedTextException() {
        super(Messages.NOT_UTF8, null, false, false);
    }
}
