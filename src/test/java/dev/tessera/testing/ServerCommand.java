package dev.tessera.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command that starts a {@link ServerProcess}. By default the server listens on free ports, runs in {@code target}
 * without a configuration file, and gets none of the test's own TESSERA_ variables.
 */
public final class ServerCommand {

    /** The server of a test lives for seconds, and starts sooner with the first compiler alone. */
    private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    private final List<String> jvmFlags = new ArrayList<>();
    private final List<String> args;
    private List<String> program = List.of("-jar", ServerProcess.jar().toString());
    private final ProcessBuilder builder = new ProcessBuilder();
    private int openFilesMax;

    ServerCommand(String... args) {
        this.args = List.of(args);
        cleanEnvironment(builder);
        env("TESSERA_PORT", "0")
                .env("TESSERA_MANAGEMENT_PORT", "0")
                .in(ServerProcess.jar().getParent());
    }

    /** Removes the variables of this process that would configure the server. */
    static void cleanEnvironment(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("TESSERA_"));
        // The JVM would announce these on standard error.
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    }

    /** Sets an environment variable. */
    public ServerCommand env(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    /** Removes an environment variable, such as the default {@code TESSERA_PORT=0}. */
    public ServerCommand withoutEnv(String name) {
        builder.environment().remove(name);
        return this;
    }

    /** Sets the working directory. */
    public ServerCommand in(Path directory) {
        builder.directory(directory.toFile());
        return this;
    }

    /** Adds flags for the JVM, such as {@code -Xmx64m}. */
    public ServerCommand jvm(String... flags) {
        jvmFlags.addAll(List.of(flags));
        return this;
    }

    /** Replaces the program by another main class, which gets the arguments. */
    public ServerCommand main(String classPath, String mainClass) {
        program = List.of("-cp", classPath, mainClass);
        return this;
    }

    /** Starts the process without waiting for it. */
    public ServerProcess start() throws IOException {
        return new ServerProcess(builder.command(command()).start());
    }

    /** Starts the process with a standard output that nobody reads, and whose pipe is full from the beginning. */
    public Process startWithFullOutput() throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "head -c 65536 /dev/zero; exec \"$@\"", "sh"));
        command.addAll(command());
        return builder.command(command).start();
    }

    /** Limits the files that the process may open. */
    public ServerCommand openFilesMax(int max) {
        openFilesMax = max;
        return this;
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        if (openFilesMax > 0) {
            command.addAll(List.of("sh", "-c", "ulimit -n " + openFilesMax + "; exec \"$@\"", "sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(quickStart());
        command.addAll(jvmFlags);
        command.addAll(program);
        command.addAll(args);
        return command;
    }

    /**
     * Starts the process by a line of shell with {@code java -jar tessera.jar ...}, such as one of the documentation.
     * It ignores the arguments and JVM flags of this command. The JVM gets the flags that make it start sooner, unless
     * the line has flags of its own.
     */
    public ServerProcess startShell(String line) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", java, (path, first) -> first + File.pathSeparator + path);
        String sooner = quickStart().stream().map(flag -> "'" + flag + "' ").collect(Collectors.joining());
        return new ServerProcess(builder.command("sh", "-c", line.replace("java -jar ", "java " + sooner + "-jar "))
                .start());
    }

    private static List<String> quickStart() throws IOException {
        List<String> flags = new ArrayList<>(ClassArchive.flags(List.of(FIRST_COMPILER_ONLY)));
        flags.add(FIRST_COMPILER_ONLY);
        return flags;
    }
}
