package dev.tessera.impl.journal.file;

import java.io.IOException;
import java.util.List;

/**
 * The files of one directory. What is created, renamed or deleted outlasts a loss of power only after
 * {@link #syncDirectory}. Thread-safe; its files are not.
 */
public interface JournalFiles {

    /** Names of all files, in no order. */
    List<String> list() throws IOException;

    /** Opens a new file, or an old one emptied. */
    JournalFile create(String name) throws IOException;

    /** Opens a file that exists. */
    JournalFile open(String name) throws IOException;

    /** Gives a file another name, in one step, in place of the file that has it. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file. */
    void delete(String name) throws IOException;

    /** Makes what was created, renamed and deleted outlast a loss of power. */
    void syncDirectory() throws IOException;
}
