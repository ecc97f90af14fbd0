package dev.tessera.impl.journal.file;

import java.io.IOException;

/** Thrown if the disk, or the quota of this user, is full. */
public final class NoSpaceException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with the message of the system. */
    public NoSpaceException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
