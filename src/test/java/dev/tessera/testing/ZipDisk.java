package dev.tessera.testing;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file system without POSIX permissions, without hard links, and whose directories cannot be opened: inside a zip
 * file. It stands for those of Windows and for FAT, which are as poor in this.
 */
public final class ZipDisk implements AutoCloseable {

    private final FileSystem files;

    /** An empty one, in a new file of a directory. */
    public ZipDisk(Path directory) throws IOException {
        files = FileSystems.newFileSystem(directory.resolve("disk.zip"), Map.of("create", "true"));
    }

    /** Its root. */
    public Path root() {
        return files.getPath("/");
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
