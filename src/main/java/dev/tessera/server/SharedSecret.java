package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret under which the tokens of shared sessions are derived: the configured one; or the one that the data directory
 * keeps, made at the first start; or, without a data directory, one that lives as long as the process.
 */
final class SharedSecret {

  private static final String FILE_NAME = "secret";
  private static final int SECRET_BYTES = 32;

  private final byte[] bytes;
  private final String origin;

  private SharedSecret(byte[] bytes, String origin) {
    this.bytes = bytes;
    this.origin = origin;
  }

  /** The secret itself; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Where it comes from, for the log. */
  String origin() {
    return origin;
  }

  /**
   * Finds or makes the secret. It reads and writes files, so not on an event loop.
   *
   * @throws StartException where the data directory is of no use
   */
  static SharedSecret load(Configuration configuration) {
    if (configuration.get(Settings.SESSIONS_SECRET).isPresent()) {
      return new SharedSecret(configuration.get(Settings.SESSIONS_SECRET).get().getBytes(StandardCharsets.UTF_8),
          "configured by " + Settings.SESSIONS_SECRET.path());
    }
    if (configuration.get(Settings.DATA_DIR).isPresent()) {
      return keptIn(configuration.get(Settings.DATA_DIR).get());
    }
    return new SharedSecret(random(), "of this process alone, so that tokens of shared sessions change with the next start; set "
        + Settings.DATA_DIR.path() + " or " + Settings.SESSIONS_SECRET.path() + " to keep them");
  }

  private static SharedSecret keptIn(Path directory) {
    Path file = directory.resolve(FILE_NAME);
    try {
      Files.createDirectories(directory);
      if (Files.notExists(file)) {
        make(file);
      }
      byte[] kept = HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (kept.length != SECRET_BYTES) {
        throw new IllegalArgumentException(kept.length + " bytes");
      }
      return new SharedSecret(kept, "kept in " + file);
    } catch (IOException e) {
      throw new StartException("cannot read or write " + file + " (" + e.getClass().getSimpleName() + "): make "
          + directory + " writable for this user, or set " + Settings.DATA_DIR.path() + " to another directory", e);
    } catch (IllegalArgumentException e) {
      throw new StartException(file + " does not hold a secret in hexadecimal digits: restore it from a backup, or remove it"
          + " to get a new one (the tokens of shared sessions change then)", e);
    }
  }

  /** Writes a new secret; a half-written file never bears the name, and another process's file is left alone. */
  private static void make(Path file) throws IOException {
    Path temporary = Files.createTempFile(file.getParent(), FILE_NAME, ".new",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(temporary, HexFormat.of().formatHex(random()) + "\n", StandardCharsets.US_ASCII);
      try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster: its secret holds.
      return;
    } finally {
      Files.delete(temporary);
    }
  }

  private static byte[] random() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
