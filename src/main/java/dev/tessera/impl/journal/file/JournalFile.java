package dev.tessera.impl.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. What is written or truncated outlasts a loss of power only after {@link #force}. One thread at a time.
 */
public interface JournalFile extends AutoCloseable {

    /** Writes all that remains in the buffer. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Reads until the buffer is full or the file ends; says how many bytes came. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Waits until all that was written is on disk, with the file's size where {@code withSize}. */
    void force(boolean withSize) throws IOException;

    /** Cuts the file to that many bytes. */
    void truncate(long size) throws IOException;

    /** How many bytes the file has. */
    long size() throws IOException;

    @Override
    void close() throws IOException;
}
