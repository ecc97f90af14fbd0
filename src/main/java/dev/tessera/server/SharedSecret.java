package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret under which the tokens of shared sessions are derived: the configured one; or the one that the data directory
 * keeps, made at the first start; or, without a data directory, one that lives as long as the process.
 */
final class SharedSecret {

  private static final Logger LOG = LoggerFactory.getLogger(SharedSecret.class);
  private static final String FILE_NAME = "secret";
  private static final int SECRET_BYTES = 32;

  private SharedSecret() {
  }

  /**
   * Finds or makes the secret. It reads and writes files, so not on an event loop.
   *
   * @throws UncheckedIOException with a message that names the file and says what to do
   */
  static byte[] load(Configuration configuration) {
    if (configuration.get(Settings.SESSIONS_SECRET).isPresent()) {
      return configuration.get(Settings.SESSIONS_SECRET).get().getBytes(StandardCharsets.UTF_8);
    }
    if (configuration.get(Settings.DATA_DIR).isPresent()) {
      return keptIn(configuration.get(Settings.DATA_DIR).get());
    }
    LOG.info("Shared sessions have a secret of this process alone: their tokens change with the next start; set {} or {}"
        + " to keep them", Settings.DATA_DIR.path(), Settings.SESSIONS_SECRET.path());
    return random();
  }

  private static byte[] keptIn(Path directory) {
    Path file = directory.resolve(FILE_NAME);
    try {
      Files.createDirectories(directory);
      if (Files.notExists(file)) {
        make(file);
      }
      return HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + file + " (" + e.getClass().getSimpleName() + "): make "
          + directory + " writable for this user, or set " + Settings.DATA_DIR.path() + " to another directory", e);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(new IOException(file + " does not hold a secret in hexadecimal digits: restore it from"
          + " a backup, or remove it to get a new one (the tokens of shared sessions change then)", e));
    }
  }

  /** Writes a new secret; a half-written file never bears the name, and another process's file is left alone. */
  private static void make(Path file) throws IOException {
    Path temporary = Files.createTempFile(file.getParent(), FILE_NAME, ".new",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (var channel = Files.newByteChannel(temporary, EnumSet.of(StandardOpenOption.WRITE))) {
        channel.write(StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(random()) + "\n"));
      }
      try (var written = java.nio.channels.FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.createLink(file, temporary);
      LOG.info("Made the secret of shared sessions in {}", file);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by another process meanwhile", file, e);
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
