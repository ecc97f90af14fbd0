package dev.tessera.impl.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Writes and truncations survive a power loss only after {@link #force}. Thread: one at a time. */
public interface JournalFile extends AutoCloseable {

    /** Writes the remaining bytes of the buffer. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Reads until the buffer is full or the file ends. Returns the number of bytes. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Waits until all writes are on disk, and the file's size too if {@code withSize}. */
    void force(boolean withSize) throws IOException;

    /** Truncates the file to this many bytes. */
    void truncate(long size) throws IOException;

    /** Returns the size of the file in bytes. */
    long size() throws IOException;

    @Override
    void close() throws IOException;
}
