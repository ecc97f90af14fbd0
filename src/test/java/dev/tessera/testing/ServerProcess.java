package dev.tessera.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real {@code target/tessera.jar} in a JVM of its own, made by {@link ServerCommand}. Confined to the test's
 * thread. Closing it kills the process if it still runs.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern LISTENING =
            Pattern.compile("Listening on ws://\\S+:(\\d+), management on http://\\S+:(\\d+)");

    private final Process process;
    private final ProcessOutput output;
    private final ProcessOutput errors;

    ServerProcess(Process process) {
        this.process = process;
        output = new ProcessOutput(process.getInputStream(), "stdout of " + process.pid());
        errors = new ProcessOutput(process.getErrorStream(), "stderr of " + process.pid());
    }

    /** Returns a command that starts a server on free ports, without a configuration file. */
    public static ServerCommand command(String... args) {
        return new ServerCommand(args);
    }

    /** Starts a server by {@link #command}, and waits until it serves. */
    public static ServerProcess start(String... args) throws IOException, InterruptedException {
        return command(args).start().awaitReady();
    }

    /** Waits until it serves. */
    public ServerProcess awaitReady() throws InterruptedException {
        try {
            output.await(LISTENING);
        } catch (AssertionError e) {
            close();
            throw new AssertionError(
                    e.getMessage() + "\nand on standard error:\n" + String.join("\n", errors.lines()), e);
        }
        return this;
    }

    /** Waits for the port for clients, and returns it. */
    public int port() throws InterruptedException {
        return Integer.parseInt(output.await(LISTENING).group(1));
    }

    /** Waits for the port of the management endpoints, and returns it. */
    public int managementPort() throws InterruptedException {
        return Integer.parseInt(output.await(LISTENING).group(2));
    }

    /** Waits for a line on standard output that contains the regular expression. */
    public Matcher awaitOutput(String regex) throws InterruptedException {
        return output.await(Pattern.compile(regex));
    }

    /** Returns the lines on standard output so far; all of them after {@link #awaitExit()}. */
    public List<String> output() {
        return output.lines();
    }

    /** Returns the lines on standard error so far; all of them after {@link #awaitExit()}. */
    public List<String> errors() {
        return errors.lines();
    }

    public long pid() {
        return process.pid();
    }

    /** Asks the server to stop (SIGTERM) without waiting for it. */
    public ServerProcess terminate() {
        // Process.destroy() would also close the streams, and the last lines would be lost.
        process.toHandle().destroy();
        return this;
    }

    /** Kills the server (SIGKILL), and waits for its end. */
    public ServerProcess kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitExit();
        return this;
    }

    /** Stops the server like a machine that hangs (SIGSTOP): its connections stay open and silent. */
    public ServerProcess freeze() throws IOException, InterruptedException {
        return signal("STOP");
    }

    /** Sends the server a signal, such as HUP. */
    public ServerProcess signal(String name) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new AssertionError("kill has ended with " + exitCode);
        }
        return this;
    }

    /** Waits for the end, and returns the exit code, or 128 + the signal that ended the server. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(Await.TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; its output:\n" + String.join("\n", output.lines()));
        }
        output.awaitEnd();
        errors.awaitEnd();
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        // A shell that started the server may still run as its parent.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(Await.TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Returns the jar under test. */
    public static Path jar() {
        return Path.of(System.getProperty("tessera.jar", "target/tessera.jar")).toAbsolutePath();
    }
}
