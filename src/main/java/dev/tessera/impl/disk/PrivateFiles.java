package dev.tessera.impl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files and directories that this user alone may read: whoever can read a token can use its session. On a file system
 * without POSIX permissions, such as those of Windows, they are made as it makes them.
 */
public final class PrivateFiles {

    private static final FileAttribute<?>[] NONE = {};

    private PrivateFiles() {}

    /** Whether the file system of a path knows who may read a file. */
    public static boolean areKeptAt(Path path) {
        return Posix.has(path);
    }

    /** Makes a directory. */
    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, attributes(directory, "rwx------"));
    }

    /** Makes a directory, and those above it, where there is none; one that is there stays as it is. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, attributes(directory, "rwx------"));
    }

    /** Makes an empty file of a new name. */
    public static Path createTempFile(Path directory, String prefix, String suffix) throws IOException {
        return Files.createTempFile(directory, prefix, suffix, attributes(directory, "rw-------"));
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return areKeptAt(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }
}
