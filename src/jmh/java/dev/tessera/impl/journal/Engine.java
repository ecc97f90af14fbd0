package dev.tessera.impl.journal;

import java.nio.file.Path;

/** A storage engine. A change sets one key of a session; {@link Changes} has the texts of keys and values. */
interface Engine {

    /** Returns the name for the output. */
    String name();

    /** Opens the engine in an empty directory. */
    void open(Path directory, JournalOptions.Policy policy) throws Exception;

    /**
     * Writes the changes of one batch. Returns when they are on disk under {@link JournalOptions.Policy#ALWAYS}, and
     * otherwise when the engine can take more.
     */
    void write(long from, int count) throws Exception;

    /** Forces everything to disk and closes the engine. */
    void close() throws Exception;

    /** Reads the whole directory into memory. Returns the number of keys. */
    long recover(Path directory) throws Exception;
}
