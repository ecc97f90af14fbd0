package dev.tessera.impl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A factory of files and directories that only this user can read, because a token in them gives access to its session.
 * A file system without POSIX permissions, such as that of Windows, applies its defaults.
 */
public final class PrivateFiles {

    private static final FileAttribute<?>[] NONE = {};

    private PrivateFiles() {}

    /** Returns whether the file system of a path has POSIX permissions. */
    public static boolean areSupportedAt(Path path) {
        return Posix.has(path);
    }

    /** Creates a directory. */
    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, attributes(directory, "rwx------"));
    }

    /** Creates a directory and its parents if necessary. Existing ones stay as they are. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, attributes(directory, "rwx------"));
    }

    /** Creates an empty file with a new name. */
    public static Path createTempFile(Path directory, String prefix, String suffix) throws IOException {
        return Files.createTempFile(directory, prefix, suffix, attributes(directory, "rw-------"));
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return areSupportedAt(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }
}
