package dev.tessera.server;

import dev.tessera.config.Settings;
import dev.tessera.impl.disk.PrivateFiles;
import dev.tessera.impl.server.ServerOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret from which the tokens of shared sessions are derived. It is the configured one; or the one in the data
 * directory, made at the first start; or, without a data directory, one that ends with the process. In a cluster, a
 * node without a secret takes that of the first node.
 */
final class SharedSecret {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSecret.class);

    private static final String FILE_NAME = "secret";
    private static final int SECRET_BYTES = 32;
    /** The shortest configured secret, which other nodes of a cluster may have kept. */
    private static final int KEPT_BYTES_MIN = 16;

    private final byte[] bytes;
    private final String origin;
    private final boolean chosen;
    /** Whether the file in the data directory has the secret. */
    private final boolean isKept;

    private SharedSecret(byte[] bytes, String origin, boolean chosen, boolean isKept) {
        this.bytes = bytes;
        this.origin = origin;
        this.chosen = chosen;
        this.isKept = isKept;
    }

    /** Returns the secret itself; the caller must not change it. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns whether the secret existed before this start, so that the server cannot take another. */
    boolean isChosen() {
        return chosen;
    }

    /** Returns the origin of the secret, in words for the log. */
    String origin() {
        return origin;
    }

    /**
     * Finds the secret, or makes and keeps one. Reads and writes files, so it must not run on an event loop.
     *
     * @throws StartException if the data directory is unusable
     */
    static SharedSecret load(ServerOptions.Secret options) {
        return find(options).keep(options);
    }

    /**
     * Finds the secret; if there is none, returns a new one that is not kept yet. Reads files.
     *
     * @throws StartException if the data directory is unusable
     */
    static SharedSecret find(ServerOptions.Secret options) {
        if (options.configured().isPresent()) {
            return new SharedSecret(
                    options.configured().get().getBytes(StandardCharsets.UTF_8),
                    "configured by " + Settings.SESSIONS_SECRET.path(),
                    true,
                    false);
        }
        Path directory = options.dataDir().orElse(null);
        return directory != null && Files.exists(directory.resolve(FILE_NAME))
                ? keptIn(directory)
                : new SharedSecret(
                        random(),
                        "of this process alone, so that tokens of shared sessions change with the next start; set "
                                + Settings.DATA_DIR.path() + " or " + Settings.SESSIONS_SECRET.path() + " to keep them",
                        false,
                        false);
    }

    /** Returns the secret that the nodes of a cluster have agreed on. */
    SharedSecret agreed(byte[] ofTheCluster) {
        return chosen
                ? this
                : new SharedSecret(
                        ofTheCluster,
                        "that of the cluster, and lasts as long as it; set " + Settings.DATA_DIR.path() + " or "
                                + Settings.SESSIONS_SECRET.path() + " to keep it",
                        false,
                        false);
    }

    /**
     * Stores a new secret in the data directory, if there is one. Writes files.
     *
     * @return the stored secret, which may be that of another process that was faster
     * @throws StartException if the data directory is unusable
     */
    SharedSecret keep(ServerOptions.Secret options) {
        Path directory = options.dataDir().orElse(null);
        if (chosen || directory == null) {
            return this;
        }
        try {
            PrivateFiles.createDirectories(directory);
            write(directory);
            return keptIn(directory);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Stores the secret in a data directory that somebody has emptied, if it was there. */
    void keepAgain(Path directory) throws IOException {
        if (isKept) {
            write(directory);
        }
    }

    private static SharedSecret keptIn(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        try {
            byte[] kept = HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (kept.length < KEPT_BYTES_MIN) {
                throw new IllegalArgumentException(kept.length + " bytes");
            }
            requirePrivate(file, directory);
            return new SharedSecret(kept, "kept in " + file, true, true);
        } catch (IOException e) {
            throw unusable(directory, e);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    file + " does not hold a secret in hexadecimal digits: restore it from a backup, or remove it"
                            + " to get a new one (the tokens of shared sessions change then)",
                    e);
        }
    }

    /** Refuses a file that everybody on the machine may read or write, and warns of one that a group may. */
    private static void requirePrivate(Path file, Path directory) throws IOException {
        Set<PosixFilePermission> rights = PrivateFiles.rightsOfOthers(file);
        if (rights.isEmpty()) {
            return;
        }
        String exposed = file + " has the mode " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                + ", so that others may use the tokens of shared sessions: run 'chmod 600 " + file + "'";
        boolean toEverybody = !Collections.disjoint(rights, PosixFilePermissions.fromString("------rwx"));
        if (toEverybody && PrivateFiles.areObeyedIn(directory)) {
            throw new StartException(
                    exposed + "; if somebody has read it, remove it to get a new secret (the tokens change then)",
                    null);
        }
        LOG.warn("{}", exposed);
    }

    private static StartException unusable(Path directory, IOException e) {
        return new StartException(
                "cannot read or write " + directory.resolve(FILE_NAME) + " ("
                        + e.getClass().getSimpleName() + "): make " + directory + " writable for this user, or set "
                        + Settings.DATA_DIR.path() + " to another directory",
                e);
    }

    /**
     * Writes the file. A half-written file never has the final name, and the file of another process stays as it is.
     */
    private void write(Path directory) throws IOException {
        Path temporary = PrivateFiles.createTempFile(directory, FILE_NAME, ".new");
        try {
            Files.writeString(temporary, HexFormat.of().formatHex(bytes) + "\n", StandardCharsets.US_ASCII);
            try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            giveName(temporary, directory.resolve(FILE_NAME));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its secret is valid.
            return;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void giveName(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // The file system has no hard links, like FAT. Two processes that start at the same moment may both win.
            Files.move(temporary, file);
        }
    }

    private static byte[] random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
