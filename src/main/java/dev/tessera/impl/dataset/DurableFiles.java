package dev.tessera.impl.dataset;

import dev.tessera.impl.disk.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there as a whole or not at all, whatever ends the process or the machine. */
final class DurableFiles {

    private static final String TEMPORARY_SUFFIX = ".tmp";
    /** Written at once; the JVM keeps a buffer of the size of the largest write for each thread. */
    private static final int WRITE_BYTES_MAX = 1024 * 1024;

    private DurableFiles() {}

    /** The name that a file has until it is whole. */
    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
    }

    /** Opens a new file under its temporary name. */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
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

    /** Brings all that was written to the disk, and gives the file its name. */
    static void finish(FileChannel channel, Path file) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(temporary(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Directories.force(file.getParent());
    }
}
