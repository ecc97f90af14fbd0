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

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the directory if necessary, for this user only, and locks it. Returns empty if this or another process
     * has locked it.
     */
    public static Optional<DirectoryLock> acquire(Path directory) throws IOException {
        PrivateFiles.createDirectories(directory);
        FileChannel channel =
                PrivateFiles.open(directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new DirectoryLock(channel));
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

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
