package dev.tessera.server;

import dev.tessera.config.Settings;
import dev.tessera.impl.disk.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret under which the tokens of shared sessions are derived: the configured one; or the one that the data
 * directory keeps, made at the first start; or, without a data directory, one that lives as long as the process. In a
 * cluster the one of the first node takes the place of one that would have to be made.
 */
final class SharedSecret {

    private static final String FILE_NAME = "secret";
    private static final int SECRET_BYTES = 32;
    /** As short as a configured one may be, which other nodes of a cluster keep. */
    private static final int KEPT_BYTES_MIN = 16;

    private final byte[] bytes;
    private final String origin;
    private final boolean chosen;

    private SharedSecret(byte[] bytes, String origin, boolean chosen) {
        this.bytes = bytes;
        this.origin = origin;
        this.chosen = chosen;
    }

    /** The secret itself; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether it was there before this start, and so cannot be another. */
    boolean isChosen() {
        return chosen;
    }

    /** Where it comes from, for the log. */
    String origin() {
        return origin;
    }

    /**
     * Finds the secret, or makes one and keeps it. It reads and writes files, so not on an event loop.
     *
     * @throws StartException where the data directory is of no use
     */
    static SharedSecret load(ServerOptions.Secret options) {
        return find(options).keep(options);
    }

    /**
     * Finds the secret; where there is none, gives one that is not kept yet. It reads files.
     *
     * @throws StartException where the data directory is of no use
     */
    static SharedSecret find(ServerOptions.Secret options) {
        if (options.configured().isPresent()) {
            return new SharedSecret(
                    options.configured().get().getBytes(StandardCharsets.UTF_8),
                    "configured by " + Settings.SESSIONS_SECRET.path(),
                    true);
        }
        Path directory = options.dataDir().orElse(null);
        return directory != null && Files.exists(directory.resolve(FILE_NAME))
                ? keptIn(directory)
                : new SharedSecret(
                        random(),
                        "of this process alone, so that tokens of shared sessions change with the next start; set "
                                + Settings.DATA_DIR.path() + " or " + Settings.SESSIONS_SECRET.path() + " to keep them",
                        false);
    }

    /** The secret that the nodes of a cluster have agreed on. */
    SharedSecret agreed(byte[] ofTheCluster) {
        return chosen
                ? this
                : new SharedSecret(
                        ofTheCluster,
                        "that of the cluster, and lasts as long as it; set " + Settings.DATA_DIR.path() + " or "
                                + Settings.SESSIONS_SECRET.path() + " to keep it",
                        false);
    }

    /**
     * Keeps a secret that was made, where there is a data directory. It writes files.
     *
     * @return the one that is kept, which another process may have made first
     * @throws StartException where the data directory is of no use
     */
    SharedSecret keep(ServerOptions.Secret options) {
        Path directory = options.dataDir().orElse(null);
        if (chosen || directory == null) {
            return this;
        }
        try {
            Files.createDirectories(directory);
            write(directory.resolve(FILE_NAME));
            return keptIn(directory);
        } catch (IOException e) {
            throw ofNoUse(directory, e);
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
            return new SharedSecret(kept, "kept in " + file, true);
        } catch (IOException e) {
            throw ofNoUse(directory, e);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    file + " does not hold a secret in hexadecimal digits: restore it from a backup, or remove it"
                            + " to get a new one (the tokens of shared sessions change then)",
                    e);
        }
    }

    private static StartException ofNoUse(Path directory, IOException e) {
        return new StartException(
                "cannot read or write " + directory.resolve(FILE_NAME) + " ("
                        + e.getClass().getSimpleName() + "): make " + directory + " writable for this user, or set "
                        + Settings.DATA_DIR.path() + " to another directory",
                e);
    }

    /** Writes it; a half-written file never bears the name, and another process's file is left alone. */
    private void write(Path file) throws IOException {
        Path temporary = PrivateFiles.createTempFile(file.getParent(), FILE_NAME, ".new");
        try {
            Files.writeString(temporary, HexFormat.of().formatHex(bytes) + "\n", StandardCharsets.US_ASCII);
            try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            giveName(temporary, file);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster: its secret holds.
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
            // No hard links, as on FAT: then two processes that start at the same moment are not told apart.
            Files.move(temporary, file);
        }
    }

    private static byte[] random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
