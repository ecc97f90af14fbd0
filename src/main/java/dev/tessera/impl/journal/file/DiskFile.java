package dev.tessera.impl.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;

/** An open file on disk. */
final class DiskFile implements JournalFile {

    private final FileChannel channel;
    private final FileStore store;
    private final FileIdentity identity;

    DiskFile(FileChannel channel, FileStore store, FileIdentity identity) {
        this.channel = channel;
        this.store = store;
        this.identity = identity;
    }

    FileIdentity identity() {
        return identity;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        long at = position;
        try {
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        } catch (IOException e) {
            throw isFull(e, from.remaining()) ? new NoSpaceException(e) : e;
        }
    }

    /**
     * Returns whether the failure means that the disk is full. The system's message may be translated, so the remaining
     * space decides too. Only the message tells a quota or a limit on file sizes.
     */
    private boolean isFull(IOException failure, int bytes) {
        try {
            return DiskTrouble.of(failure) == DiskTrouble.FULL || store.getUsableSpace() < bytes;
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int total = 0;
        while (into.hasRemaining()) {
            int count = channel.read(into, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    @Override
    public void force(boolean withSize) throws IOException {
        channel.force(withSize);
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
