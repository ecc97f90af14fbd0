package dev.tessera.testing;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file system inside a zip file. Like those of Windows and FAT, it has no POSIX permissions and no hard links, and no
 * process can open its directories.
 */
public final class ZipDisk implements AutoCloseable {

    private final FileSystem files;

    /** Creates an empty file system in a new file of a directory. */
    public ZipDisk(Path directory) throws IOException {
        files = FileSystems.newFileSystem(directory.resolve("disk.zip"), Map.of("create", "true"));
    }

    /** Returns the root. */
    public Path root() {
        return files.getPath("/");
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
