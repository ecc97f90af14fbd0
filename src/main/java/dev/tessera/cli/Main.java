package dev.tessera.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The entry point of the program. */
public final class Main {

    private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
    private static final int PARALLELISM_MIN = 4;
    private static final String LOGBACK_FILE = "logback.configurationFile";

    private Main() {}

    /** Runs the command that the arguments name, by default {@code serve}; ends the process with a code if it fails. */
    public static void main(String[] args) {
        requireParallelism();
        configureLogback();
        OutOfMemoryExit.install();
        int exitCode = commandLine().execute(args);
        LogQueue.flush(LogQueue.FLUSH_TIMEOUT_MS);
        if (exitCode != ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    /**
     * Sets a minimum for the threads of the JVM's common pool, before any code uses the pool. With one or two
     * processors it would have one thread or none, and each asynchronous call of Hazelcast would take a hundred times
     * as long.
     */
    private static void requireParallelism() {
        if (System.getProperty(PARALLELISM) == null && Runtime.getRuntime().availableProcessors() <= PARALLELISM_MIN) {
            System.setProperty(PARALLELISM, Integer.toString(PARALLELISM_MIN));
        }
    }

    /**
     * Sets the file that configures Logback, before any code logs. A {@code logback.xml} at the top of the jar would
     * also configure programs that embed the server.
     */
    private static void configureLogback() {
        if (System.getProperty(LOGBACK_FILE) == null) {
            System.setProperty(LOGBACK_FILE, "dev/tessera/cli/logback.xml");
        }
    }

    /** Returns the whole command line; each command is one {@code addSubcommand}. */
    static CommandLine commandLine() {
        OneLineErrors errors = new OneLineErrors();
        return ServeCommand.commandLine()
                .setCommandName("tessera")
                .addSubcommand("serve", ServeCommand.commandLine())
                .addSubcommand("bench", BenchCommand.commandLine())
                .addSubcommand("bench-echo", BenchEchoCommand.commandLine())
                // The name of a save may equal that of a command.
                .setAllowSubcommandsAsOptionParameters(true)
                .setExecutionStrategy(Main::run)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static int run(ParseResult parsed) {
        Integer helpGiven = CommandLine.executeHelpRequest(parsed);
        if (helpGiven != null) {
            return helpGiven;
        }
        if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
            // Picocli would treat these as options of the default command, and lose them.
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "Options must follow the command '"
                            + parsed.subcommand().commandSpec().name() + "'");
        }
        return new RunLast().execute(parsed);
    }
}
