package dev.tessera.impl.disk;

import java.nio.file.Path;

/** A check for POSIX file systems, which have permissions and can open directories. */
final class Posix {

    private Posix() {}

    /** Returns whether a path is on a POSIX file system. */
    static boolean has(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
