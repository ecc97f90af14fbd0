package dev.tessera.impl.dataset;

import dev.tessera.impl.disk.Directories;
import dev.tessera.impl.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Files that exist completely or not at all, even after a crash of the process or the machine. */
final class DurableFiles {

    private static final String TEMPORARY_SUFFIX = ".tmp";
    /** The most bytes of one write, because the JVM keeps a buffer of the largest write's size for each thread. */
    private static final int WRITE_BYTES_MAX = 1024 * 1024;

    private DurableFiles() {}

    /** Returns the name of a file until it is complete. */
    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
    }

    /** Opens a new file under its temporary name. */
    static FileChannel create(Path file) throws IOException {
        return PrivateFiles.open(
                temporary(file),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    static void write(FileChannel channel, byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; ) {
            int length = Math.min(to - at, WRITE_BYTES_MAX);
            at += channel.write(ByteBuffer.wrap(bytes, at, length));
        }
    }

    /** Forces the written bytes to the disk, and renames the file to its final name. */
    static void finish(FileChannel channel, Path file) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(temporary(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Directories.force(Objects.requireNonNull(file.getParent(), "a file of a save is in a directory"));
    }
}
