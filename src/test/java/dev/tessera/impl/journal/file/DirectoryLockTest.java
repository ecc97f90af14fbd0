package dev.tessera.impl.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag(Layer.UNIT)
class DirectoryLockTest {

    @TempDir
    private Path directory;

    @Test
    void shouldHaveOneHolderAtATime() throws Exception {
        Path inside = directory.resolve("made/for/it");
        try (DirectoryLock lock = DirectoryLock.acquire(inside).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(DirectoryLock.acquire(inside)).isEmpty();
        }
        DirectoryLock.acquire(inside).orElseThrow().close();
    }
}
