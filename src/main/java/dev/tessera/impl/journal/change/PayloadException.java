package dev.tessera.impl.journal.change;

/** A payload is whole and yet says nothing that this version understands. */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PayloadException(String message) {
        super(message);
    }
}
