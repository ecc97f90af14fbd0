package dev.tessera.impl.journal.file;

import java.io.IOException;

/** The disk, or the share of it that this user may fill, is full. */
public final class NoSpaceException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With what the system said. */
    public NoSpaceException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
