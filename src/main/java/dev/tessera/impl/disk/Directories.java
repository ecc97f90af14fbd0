package dev.tessera.impl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Operations on directories as files, which only POSIX file systems allow and need. */
public final class Directories {

    private Directories() {}

    /**
     * Forces the entries of a directory to disk, so that creations, renames and deletions in it survive a power loss.
     * Does nothing on a file system without POSIX: Windows cannot open a directory, and NTFS has a log of names.
     */
    public static void force(Path directory) throws IOException {
        if (Posix.has(directory)) {
            try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }
}
