package dev.tessera.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFilesTest {

  @TempDir
  private Path dataDir;

  @Test
  void shouldMakeADirectoryThatOthersCannotRead() throws IOException {
    Path journal = dataDir.resolve("journal");

    new DiskFiles(journal);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal))).isEqualTo("rwx------");
  }

  @Test
  void shouldTakeADirectoryAsItIs() throws IOException {
    Path journal = Files.createDirectory(dataDir.resolve("journal"));
    Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rwxr-x---"));

    new DiskFiles(journal);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal))).isEqualTo("rwxr-x---");
  }
}
