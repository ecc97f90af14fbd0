package dev.tessera.impl.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path directory;

    @Test
    void shouldBeHeldByOneAtATime() throws Exception {
        Path inside = directory.resolve("made/for/it");
        try (DirectoryLock lock = DirectoryLock.acquire(inside).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(DirectoryLock.acquire(inside)).isEmpty();
        }
        DirectoryLock.acquire(inside).orElseThrow().close();
    }
}
