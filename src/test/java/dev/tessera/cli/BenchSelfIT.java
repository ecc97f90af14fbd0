package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bench --self} once, as short as possible, without a look at its figures. */
@Tag(Layer.PROCESS)
class BenchSelfIT {

    private static final int MINUTES_MAX = 5;

    @TempDir
    private Path directory;

    @Test
    void shouldMakeATable() throws Exception {
        List<String> lines = run("--rows", "connections");

        assertThat(lines.get(0)).startsWith("Tessera ").endsWith(" Median of 1 runs of 1 s.");
        assertThat(lines).anyMatch(line -> line.matches("\\| 64 connections \\| [0-9.,]+ k \\| 1\\.00 x \\|.*"));
        assertThat(lines).anyMatch(line -> line.matches("\\| 1000 connections \\| [0-9.,]+ k \\| [0-9.]+ x \\|.*"));
    }

    private List<String> run(String... more) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                ServerProcess.jar().toString(),
                "bench",
                "--self",
                "--seconds",
                "1",
                "--warmup",
                "0",
                "--runs",
                "1",
                "--redis",
                "none",
                // Servers that live for seconds start sooner with the first compiler alone.
                "--server-jvm",
                "-XX:TieredStopAtLevel=1");
        builder.command().addAll(List.of(more));
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
                    .as("it ended")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
            return Files.readAllLines(out);
        } finally {
            process.destroyForcibly();
        }
    }
}
