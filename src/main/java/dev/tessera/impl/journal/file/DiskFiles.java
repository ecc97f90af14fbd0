package dev.tessera.impl.journal.file;

import dev.tessera.impl.disk.Directories;
import dev.tessera.impl.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
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
    private final DirectoryClaim claim;
    private final FileStore store;

    /**
     * Opens a directory. Creates it if necessary, for this user only if the file system supports that.
     *
     * @param claim the right of this process to the directory
     */
    public DiskFiles(Path directory, DirectoryClaim claim) throws IOException {
        this.directory = directory;
        this.claim = claim;
        PrivateFiles.createDirectories(directory);
        if (!PrivateFiles.areSupportedAt(directory)) {
            LOG.warn(
                    "The file system of {} has no POSIX permissions. Deny other users access to the directory, "
                            + "because it contains tokens",
                    directory);
        }
        forceParent();
        store = Files.getFileStore(directory);
    }

    private void forceParent() throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Directories.force(parent);
        }
    }

    @Override
    public void restore() throws IOException {
        claim.renew();
        if (!Files.isDirectory(directory)) {
            PrivateFiles.createDirectories(directory);
            forceParent();
        }
    }

    @Override
    public boolean exists(String name) {
        // Other file systems do not let open files go, and some show a file only after it is closed.
        return !PrivateFiles.areSupportedAt(directory) || Files.exists(directory.resolve(name));
    }

    @Override
    public boolean leadsTo(String name, JournalFile file) throws IOException {
        return ((DiskFile) file).identity().isAt(directory.resolve(name));
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public JournalFile create(String name) throws IOException {
        try {
            return opened(
                    name,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw DiskTrouble.of(e) == DiskTrouble.FULL ? new NoSpaceException(e) : e;
        }
    }

    @Override
    public JournalFile open(String name) throws IOException {
        return opened(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private DiskFile opened(String name, StandardOpenOption... options) throws IOException {
        Path path = directory.resolve(name);
        FileChannel channel = PrivateFiles.open(path, options);
        try {
            return new DiskFile(channel, store, FileIdentity.of(path));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
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
