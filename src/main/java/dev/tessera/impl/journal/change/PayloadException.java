package dev.tessera.impl.journal.change;

/** Thrown if a payload is whole but this version cannot interpret it. */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PayloadException(String message) {
        super(message);
    }
}
