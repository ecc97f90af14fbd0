package dev.tessera.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program in a process of its own, such as one of {@link Tool}. */
public final class ExternalProgram {

    private static final long RUN_MINUTES_MAX = 3;

    private ExternalProgram() {}

    /** Starts a program in a directory, with its output and its errors in one file. */
    static Process start(Path directory, File output, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /** Runs a program to its end and returns its output. Fails with that output if the program fails. */
    public static String run(Path directory, String... command) throws IOException, InterruptedException {
        Files.createDirectories(Path.of("target"));
        File output = File.createTempFile("command", ".log", new File("target"));
        Process process = start(directory, output, List.of(command));
        boolean ended = process.waitFor(RUN_MINUTES_MAX, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String text = Files.readString(output.toPath());
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + (ended ? " failed:\n" : " did not end:\n") + text);
        }
        Files.delete(output.toPath());
        return text;
    }

    /** Copies the files of a directory into another and installs the npm packages of its {@code package-lock.json}. */
    public static void installNpmPackages(Path source, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        run(target, Tool.NPM.path().toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }
}
