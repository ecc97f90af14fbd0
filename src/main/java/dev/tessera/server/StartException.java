package dev.tessera.server;

import org.jspecify.annotations.Nullable;

/** Tells in one line why the server cannot start for a reason outside itself, and how to fix that. */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
