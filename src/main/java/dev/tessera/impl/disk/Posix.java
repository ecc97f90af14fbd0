package dev.tessera.impl.disk;

import java.nio.file.Path;

/** Tells file systems of POSIX, which have permissions and open directories, from others. */
final class Posix {

    private Posix() {}

    /** Says whether a path lies on such a file system. */
    static boolean has(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
