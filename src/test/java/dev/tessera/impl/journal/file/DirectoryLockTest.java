package dev.tessera.impl.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag(Layer.UNIT)
class DirectoryLockTest {

    @TempDir
    private Path directory;

    @Test
    void shouldLockAgainIfItsFileWasRemoved() throws Exception {
        Path inside = directory.resolve("data");
        try (DirectoryLock lock = DirectoryLock.acquire(inside).orElseThrow()) {
            assertThat(lock.renew()).isFalse();
            Files.delete(inside.resolve("lock"));
            Files.delete(inside);

            assertThat(lock.renew()).isTrue();

            assertThat(DirectoryLock.acquire(inside)).isEmpty();
            assertThat(lock.renew()).isFalse();
        }
        DirectoryLock.acquire(inside).orElseThrow().close();
    }

    @Test
    void shouldNotLockAgainIfAnotherServerWasFaster() throws Exception {
        try (DirectoryLock lock = DirectoryLock.acquire(directory).orElseThrow()) {
            Files.delete(directory.resolve("lock"));
            try (DirectoryLock other = DirectoryLock.acquire(directory).orElseThrow()) {
                assertThat(other).isNotNull();

                assertThatThrownBy(lock::renew)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("another server uses " + directory);
            }
        }
    }

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
