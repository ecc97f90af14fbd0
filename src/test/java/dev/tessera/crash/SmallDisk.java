package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Mounts;
import dev.tessera.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk that fills up soon: a file system of a few megabytes, or a limit on the size of the server's files. Both
 * prevent the server from creating segments.
 */
final class SmallDisk implements AutoCloseable {

    private static final int FILE_BYTES_MAX = 131_072;
    private static final int BALLAST_BYTES = 1024 * 1024;

    private final Path directory;
    private final boolean mounted;
    private Path ballast;

    private SmallDisk(Path directory, boolean mounted) {
        this.directory = directory;
        this.mounted = mounted;
    }

    /** Mounts a file system on an empty directory, which needs the right to mount. */
    static SmallDisk mountedAt(Path directory) {
        assertThat(Mounts.mount(directory)).isTrue();
        return new SmallDisk(directory, true);
    }

    /** Limits the size of files, which needs {@code prlimit} but no special rights. */
    static SmallDisk withLimitedFiles(Path directory) {
        return new SmallDisk(directory, false);
    }

    /** Fills most of the disk of a server. */
    void shrink(ServerProcess server) throws IOException {
        if (mounted) {
            ballast = Files.write(directory.resolve("ballast"), new byte[BALLAST_BYTES]);
        } else {
            limitFiles(server, Integer.toString(FILE_BYTES_MAX));
        }
    }

    /** Frees the space again. */
    void grow(ServerProcess server) throws IOException {
        if (mounted) {
            Files.delete(ballast);
        } else {
            limitFiles(server, "unlimited");
        }
    }

    private static void limitFiles(ServerProcess server, String bytes) throws IOException {
        // The colon keeps the hard limit, so that the soft limit can rise again.
        run("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":");
    }

    @Override
    public void close() {
        if (mounted) {
            assertThat(Mounts.unmount(directory)).isTrue();
        }
    }

    private static void run(String... command) throws IOException {
        try {
            ExternalProgram.run(Path.of("."), command);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
