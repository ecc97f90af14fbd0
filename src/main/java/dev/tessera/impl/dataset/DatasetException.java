package dev.tessera.impl.dataset;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A failure to read or write a save. Its message names the file, the position and the reason in one line, for clients
 * and for the log.
 */
public class DatasetException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with a complete message. */
    public DatasetException(String message) {
        super(message);
    }

    private DatasetException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns the failure for a file with invalid content.
     *
     * @param position the index of the first wrong byte, from 0
     */
    static DatasetException damaged(Path file, long position, String what) {
        return new DatasetException(DatasetMessages.damaged(shown(file), what, position));
    }

    /** Returns the failure for an operation that the file system refused, with its reason. */
    static DatasetException of(String doing, Path file, IOException cause) {
        return cause instanceof DatasetException own
                ? own
                : new DatasetException("cannot " + doing + " " + shown(file) + ": " + reason(cause), cause);
    }

    /** Returns the path from the save's name on, because clients must not learn the server's directories. */
    private static Path shown(Path file) {
        int count = file.getNameCount();
        return count > SHOWN_NAMES_MAX ? file.subpath(count - SHOWN_NAMES_MAX, count) : file;
    }

    /** The most names of a path in a message, such as {@code shop/1800000000000/data/0}. */
    private static final int SHOWN_NAMES_MAX = 4;

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (cause instanceof AccessDeniedException) {
            return "this process may not";
        }
        if (cause instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
