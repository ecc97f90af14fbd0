package dev.tessera.server;

/** Says in one line why the server cannot start for a reason outside itself, and what to do about it. */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
