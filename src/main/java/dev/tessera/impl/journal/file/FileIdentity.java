package dev.tessera.impl.journal.file;

import dev.tessera.impl.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a file, whatever its name: device and inode.
 *
 * @param key null on a file system without such numbers, such as that of Windows, which does not let open files go
 */
record FileIdentity(@Nullable Object key) {

    /** Returns the identity of the file at a path. Opens no file. */
    static FileIdentity of(Path path) throws IOException {
        return new FileIdentity(
                PrivateFiles.areSupportedAt(path)
                        ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
                        : null);
    }

    /** Returns whether this file is at a path; always true without an identity. Opens no file. */
    boolean isAt(Path path) throws IOException {
        try {
            return key == null || key.equals(of(path).key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
