package dev.tessera.impl.journal.file;

import java.io.IOException;

/** Thrown if a file that is open is no longer in its directory, so that everything in it ends with the process. */
public final class FilesGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception that names the file. */
    public FilesGoneException(String name) {
        super("the file " + name + " is no longer in its directory");
    }
}
