package dev.tessera.impl.journal.file;

import java.io.IOException;
import java.util.List;

/**
 * The files of one directory. Creations, renames and deletions survive a power loss only after {@link #syncDirectory}.
 * Thread-safe; its files are not.
 */
public interface JournalFiles {

    /** Returns the names of all files, in no particular order. */
    List<String> list() throws IOException;

    /** Creates an empty file, which replaces an old one with this name, and opens it. */
    JournalFile create(String name) throws IOException;

    /** Opens an existing file. */
    JournalFile open(String name) throws IOException;

    /** Renames a file atomically, and replaces a file that has the new name. */
    void rename(String from, String to) throws IOException;

    /** Returns whether there is a file of this name. */
    boolean exists(String name);

    /**
     * Returns whether a name leads to this open file. Otherwise somebody has removed or replaced it: writes into it
     * succeed, and are lost with the process. Cheap.
     */
    boolean leadsTo(String name, JournalFile file) throws IOException;

    /**
     * Creates the directory again if somebody has removed it.
     *
     * @throws IOException if that fails, or if the directory belongs to another process now
     */
    void restore() throws IOException;

    /** Deletes a file if it exists. */
    void delete(String name) throws IOException;

    /** Forces creations, renames and deletions to disk. */
    void syncDirectory() throws IOException;
}
