package dev.tessera.impl.journal.file;

import dev.tessera.impl.disk.Directories;
import dev.tessera.impl.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a directory on disk. */
public final class DiskFiles implements JournalFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DiskFiles.class);

    private final Path directory;
    private final FileStore store;

    /** Opens a directory. Creates it if necessary, for this user only if the file system supports that. */
    public DiskFiles(Path directory) throws IOException {
        this.directory = directory;
        PrivateFiles.createDirectories(directory);
        if (!PrivateFiles.areSupportedAt(directory)) {
            LOG.warn(
                    "The file system of {} has no POSIX permissions. Deny other users access to the directory, "
                            + "because it contains tokens",
                    directory);
        }
        if (directory.toAbsolutePath().getParent() != null) {
            Directories.force(directory.toAbsolutePath().getParent());
        }
        store = Files.getFileStore(directory);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public JournalFile create(String name) throws IOException {
        return new DiskFile(
                PrivateFiles.open(
                        directory.resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                store);
    }

    @Override
    public JournalFile open(String name) throws IOException {
        return new DiskFile(
                FileChannel.open(directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE), store);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(directory.resolve(name));
    }

    @Override
    public void syncDirectory() throws IOException {
        Directories.force(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
