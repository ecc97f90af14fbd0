package dev.tessera.impl.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A factory of files and directories that only this user can read, because a token in them gives access to its session.
 * A file system without POSIX permissions, such as that of Windows, applies its defaults.
 */
public final class PrivateFiles {

    private static final FileAttribute<?>[] NONE = {};
    private static final String DIRECTORY = "rwx------";
    private static final String FILE = "rw-------";

    private PrivateFiles() {}

    /** Returns whether the file system of a path has POSIX permissions. */
    public static boolean areSupportedAt(Path path) {
        return Posix.has(path);
    }

    /** Creates a directory. */
    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, attributes(directory, DIRECTORY));
    }

    /** Creates a directory and its parents if necessary. Existing ones stay as they are. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, attributes(directory, DIRECTORY));
    }

    /** Creates an empty file with a new name. */
    public static Path createTempFile(Path directory, String prefix, String suffix) throws IOException {
        return Files.createTempFile(directory, prefix, suffix, attributes(directory, FILE));
    }

    /** Opens a file. If the options create it, others cannot read it; an existing one stays as it is. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), attributes(file, FILE));
    }

    /** Returns the rights of the group and of others to a file; empty on a file system without permissions. */
    public static Set<PosixFilePermission> rightsOfOthers(Path file) throws IOException {
        if (!areSupportedAt(file)) {
            return Set.of();
        }
        Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
        rights.addAll(Files.getPosixFilePermissions(file));
        rights.removeAll(PosixFilePermissions.fromString(DIRECTORY));
        return rights;
    }

    /**
     * Returns whether new files in a directory get the wanted rights. Some file systems, such as those of Windows that
     * are mounted into a container, give all files the same ones.
     */
    public static boolean areObeyedIn(Path directory) throws IOException {
        Path probe = createTempFile(directory, "rights", ".new");
        try {
            return rightsOfOthers(probe).isEmpty();
        } finally {
            Files.delete(probe);
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return areSupportedAt(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }
}
