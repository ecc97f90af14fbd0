package dev.tessera.impl.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class DiskTroubleTest {

    @Test
    void shouldTellReasonsApart() {
        assertThat(DiskTrouble.of(new NoSpaceException(new IOException("?")))).isEqualTo(DiskTrouble.FULL);
        assertThat(DiskTrouble.of(refused("No space left on device"))).isEqualTo(DiskTrouble.FULL);
        assertThat(DiskTrouble.of(new IOException("Disk quota exceeded"))).isEqualTo(DiskTrouble.FULL);
        assertThat(DiskTrouble.of(refused("Too many open files"))).isEqualTo(DiskTrouble.TOO_MANY_FILES);
        assertThat(DiskTrouble.of(refused("Too many open files in system"))).isEqualTo(DiskTrouble.TOO_MANY_FILES);
        assertThat(DiskTrouble.of(refused("Read-only file system"))).isEqualTo(DiskTrouble.READ_ONLY);
        assertThat(DiskTrouble.of(new NoSuchFileException("a"))).isEqualTo(DiskTrouble.GONE);
        assertThat(DiskTrouble.of(new FilesGoneException("a"))).isEqualTo(DiskTrouble.GONE);
        assertThat(DiskTrouble.of(new AccessDeniedException("a"))).isEqualTo(DiskTrouble.DENIED);
        assertThat(DiskTrouble.of(new IOException("Input/output error"))).isEqualTo(DiskTrouble.OTHER);
        assertThat(DiskTrouble.of(new OutOfMemoryError())).isEqualTo(DiskTrouble.OTHER);
    }

    private static FileSystemException refused(String reason) {
        return new FileSystemException("a", null, reason);
    }
}
