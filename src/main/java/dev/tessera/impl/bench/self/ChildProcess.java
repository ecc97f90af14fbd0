package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that this one starts and ends. A thread reads its output and its standard error, because a full pipe would
 * block it.
 */
final class ChildProcess implements AutoCloseable {

    private static final int START_SECONDS_MAX = 60;
    private static final int STOP_SECONDS_MAX = 20;

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Matcher> awaited = new CompletableFuture<>();
    private final Pattern pattern;
    private final Thread reader;
    private final Thread shutdownHook;

    private ChildProcess(String name, Process process, Pattern pattern) {
        this.name = name;
        this.process = process;
        this.pattern = pattern;
        shutdownHook = new Thread(process::destroy, "end " + name);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        reader = new Thread(this::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process that does not inherit the settings of this one.
     *
     * @param awaited the pattern of the line that {@link #await} waits for
     */
    static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Pattern awaited) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("TESSERA_"));
        // The JVM would print these variables into the output.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), awaited);
        } catch (IOException e) {
            throw new BenchException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** Waits for the line that matches the pattern of {@link #start}. */
    Matcher await() throws InterruptedException {
        try {
            return awaited.get(START_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new BenchException(name + " did not start: " + output(), e);
        }
    }

    /** Waits for the end and returns the exit code. */
    int awaitExit(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            close();
            throw new BenchException(name + " did not end within " + seconds + " s");
        }
        reader.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
        removeShutdownHook();
        return process.exitValue();
    }

    /** Returns all lines so far. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    awaited.complete(matcher);
                }
            }
            awaited.completeExceptionally(new IOException("the process ended"));
        } catch (IOException e) {
            awaited.completeExceptionally(e);
        }
    }

    private void removeShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down, and the hook ends the process.
            return;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(STOP_SECONDS_MAX, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly().onExit().join();
        }
        removeShutdownHook();
    }
}
