package dev.tessera.server;

import org.jspecify.annotations.Nullable;

/** A failed start for a reason outside the server. The message is one line that names the cause and the fix. */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
