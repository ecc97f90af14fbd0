package dev.tessera.impl.gateway.websocket.clients;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that a machine which tests has to have. */
final class Commands {

    private static final long PATIENCE_MINUTES = 3;

    private Commands() {}

    /** Starts a program with its output in a file. */
    static Process start(Path dir, File output, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("these tests need " + command.get(0) + " on the PATH", e);
        }
    }

    /** Runs a program to its end and returns its output; fails if it fails. */
    static String run(Path dir, String... command) throws Exception {
        File output = File.createTempFile("command", ".log", dir.toFile());
        Process process = start(dir, output, List.of(command));
        boolean isDone = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(output.toPath());
        if (!isDone || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + (isDone ? " failed:\n" : " did not end:\n") + text);
        }
        return text;
    }
}
