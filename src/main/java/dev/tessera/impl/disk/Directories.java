package dev.tessera.impl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directories as files: what POSIX allows, and other systems neither have nor need. */
public final class Directories {

    private Directories() {}

    /**
     * Brings the entries of a directory to the disk, so that files made, renamed or deleted in it are so after a loss
     * of power. Where the file system is not of POSIX this does nothing: Windows opens no directory, and NTFS writes
     * changes of names to a log of its own.
     */
    public static void force(Path directory) throws IOException {
        if (Posix.has(directory)) {
            try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }
}
