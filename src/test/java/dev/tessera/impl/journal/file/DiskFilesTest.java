package dev.tessera.impl.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ZipDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag(Layer.UNIT)
class DiskFilesTest {

    @TempDir
    private Path dataDir;

    @Test
    void shouldCreateADirectoryThatOthersCannotRead() throws IOException {
        Path journal = dataDir.resolve("journal");

        new DiskFiles(journal, DirectoryClaim.UNLOCKED);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldLeaveAnExistingDirectoryAsItIs() throws IOException {
        Path journal = Files.createDirectory(dataDir.resolve("journal"));
        Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rwxr-x---"));

        new DiskFiles(journal, DirectoryClaim.UNLOCKED);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    @ExpectLog(from = DiskFiles.class, message = "POSIX")
    void shouldWorkOnAFileSystemWithoutPermissions() throws IOException {
        try (ZipDisk disk = new ZipDisk(dataDir)) {
            DiskFiles files = new DiskFiles(disk.root().resolve("data/journal"), DirectoryClaim.UNLOCKED);
            try (JournalFile file = files.create("new")) {
                file.write(ByteBuffer.wrap(new byte[] {7}), 0);
                file.force(true);
            }
            files.rename("new", "named");
            files.syncDirectory();

            assertThat(files.list()).containsExactly("named");
            files.delete("named");
            assertThat(files.list()).isEmpty();
        }
    }
}
