package dev.tessera.impl.journal;

import java.nio.file.Path;

/** What keeps keys on disk. A change sets one key of a session; the texts of keys and values are in {@link Changes}. */
interface Engine {

    /** How a name is printed. */
    String name();

    /** Begins with an empty directory. */
    void open(Path directory, JournalPolicy policy) throws Exception;

    /**
     * Takes the changes of one batch: under {@link JournalPolicy#ALWAYS} returns when they are on disk, or else when
     * more may come.
     */
    void write(long from, int count) throws Exception;

    /** Puts everything on disk and ends. */
    void close() throws Exception;

    /** Reads everything that the directory holds into memory; says how many keys. */
    long recover(Path directory) throws Exception;
}
