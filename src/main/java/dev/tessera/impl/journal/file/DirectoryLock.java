package dev.tessera.impl.journal.file;

import dev.tessera.impl.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock that reserves a directory for one process. It locks a file in the directory, and ends with the process in any
 * case. The file itself stays.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final String FILE_NAME = "lock";

    private final Path directory;
    private FileChannel channel;
    private FileIdentity file;

    private DirectoryLock(Path directory, FileChannel channel, FileIdentity file) {
        this.directory = directory;
        this.channel = channel;
        this.file = file;
    }

    /**
     * Creates the directory if necessary, for this user only, and locks it. Returns empty if this or another process
     * has locked it.
     */
    public static Optional<DirectoryLock> acquire(Path directory) throws IOException {
        PrivateFiles.createDirectories(directory);
        Path file = directory.resolve(FILE_NAME);
        FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new DirectoryLock(directory, channel, FileIdentity.of(file)));
            }
        } catch (OverlappingFileLockException e) {
            // Another server in this process has the lock.
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * Locks the directory again if somebody has removed it or the file of the lock. Thread: one at a time.
     *
     * @return whether the lock was lost
     * @throws IOException if another process has locked it meanwhile
     */
    public boolean renew() throws IOException {
        if (file.isAt(directory.resolve(FILE_NAME))) {
            return false;
        }
        DirectoryLock renewed = acquire(directory)
                .orElseThrow(() -> new IOException("another server uses " + directory + " since its lock was removed"));
        channel.close();
        channel = renewed.channel;
        file = renewed.file;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
