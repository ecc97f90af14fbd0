package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A disk that is full sooner than others: a file system of a few megabytes, where this process may mount one. Elsewhere
 * a limit on the size of the server's files, which takes no special rights: then no segment can be made, as on a full
 * disk.
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

    /** One in this directory, which is empty. */
    static SmallDisk at(Path directory) {
        return new SmallDisk(
                directory,
                runs("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", directory.toString())
                        || runs(
                                "sudo",
                                "-n",
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=8m,mode=777",
                                "tmpfs",
                                directory.toString()));
    }

    /** The same without a file system of its own. */
    static SmallDisk withLimitedFiles(Path directory) {
        return new SmallDisk(directory, false);
    }

    /** Takes most of the space away from a server that writes to it. */
    void shrink(ServerProcess server) throws IOException {
        if (mounted) {
            ballast = Files.write(directory.resolve("ballast"), new byte[BALLAST_BYTES]);
        } else {
            limitFiles(server, Integer.toString(FILE_BYTES_MAX));
        }
    }

    /** Gives it back. */
    void grow(ServerProcess server) throws IOException {
        if (mounted) {
            Files.delete(ballast);
        } else {
            limitFiles(server, "unlimited");
        }
    }

    private static void limitFiles(ServerProcess server, String bytes) {
        // The colon leaves the hard limit as it is, so that it can be raised again.
        assertThat(runs("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":"))
                .isTrue();
    }

    @Override
    public void close() {
        if (mounted && !runs("umount", directory.toString())) {
            assertThat(runs("sudo", "-n", "umount", directory.toString())).isTrue();
        }
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
