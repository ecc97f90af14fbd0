package dev.tessera.impl.bench;

/** A failure of a measurement, explained in one line. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message states the fault and, if there is one, the remedy. */
    public BenchException(String message) {
        super(message);
    }

    /** Creates an exception with a cause. The message states the fault. */
    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
