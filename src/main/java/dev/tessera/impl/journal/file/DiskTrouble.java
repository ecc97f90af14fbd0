package dev.tessera.impl.journal.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * The reasons for which a disk refuses, with advice for the operator. Java has no exceptions of its own for most of
 * them; the texts are those of Linux.
 */
public enum DiskTrouble {
    /** The disk, or the quota of this user, is full. */
    FULL("free space on the disk"),
    /** Somebody has removed or replaced files of the journal. */
    GONE("somebody has removed or replaced files of the journal; leave them to the server while it runs"),
    /** The process has as many files and connections open as the system allows. */
    TOO_MANY_FILES(
            "raise the limit of open files (ulimit -n, or LimitNOFILE of systemd), or lower limits.maxConnections"),
    /** The file system is mounted read-only; Linux does this itself after an error. */
    READ_ONLY("check the disk, and mount its file system for writing"),
    /** This user must not write. */
    DENIED("make the directory writable for this user"),
    /** Anything else. */
    OTHER("check the disk");

    private final String remedy;

    DiskTrouble(String remedy) {
        this.remedy = remedy;
    }

    /** Returns the advice, as a clause for the end of a message. */
    public String remedy() {
        return remedy;
    }

    /** Returns the reason of a failure. */
    public static DiskTrouble of(Throwable failure) {
        if (failure instanceof NoSpaceException) {
            return FULL;
        }
        if (failure instanceof FilesGoneException || failure instanceof NoSuchFileException) {
            return GONE;
        }
        if (failure instanceof AccessDeniedException) {
            return DENIED;
        }
        String text = failure instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : String.valueOf(failure.getMessage());
        if (text.contains("No space left") || text.contains("quota") || text.contains("File too large")) {
            return FULL;
        }
        if (text.contains("Too many open files")) {
            return TOO_MANY_FILES;
        }
        return text.contains("Read-only file system") ? READ_ONLY : OTHER;
    }
}
