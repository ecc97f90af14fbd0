package dev.tessera.impl.bench;

/** Says in one line why a measurement could not be made. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, and what to do about it. */
    public BenchException(String message) {
        super(message);
    }

    /** With what is wrong, and its cause. */
    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
