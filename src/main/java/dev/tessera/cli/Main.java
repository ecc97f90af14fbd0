package dev.tessera.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Where the program starts. */
public final class Main {

    private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
    private static final int PARALLELISM_MIN = 4;
    private static final String LOGBACK_FILE = "logback.configurationFile";

    private Main() {}

    /** Runs the command that the arguments name, by default {@code serve}, and ends the process if it failed. */
    public static void main(String[] args) {
        requireParallelism();
        configureLogback();
        int exitCode = commandLine().execute(args);
        if (exitCode != ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    /**
     * On one or two processors the JVM's common pool has one thread or none, and each asynchronous call of Hazelcast
     * then takes a hundred times as long. To be called before anything uses the pool.
     */
    private static void requireParallelism() {
        if (System.getProperty(PARALLELISM) == null && Runtime.getRuntime().availableProcessors() <= PARALLELISM_MIN) {
            System.setProperty(PARALLELISM, Integer.toString(PARALLELISM_MIN));
        }
    }

    /**
     * A {@code logback.xml} at the top of the jar would be taken for that of a program that embeds the server. To be
     * called before anything logs.
     */
    private static void configureLogback() {
        if (System.getProperty(LOGBACK_FILE) == null) {
            System.setProperty(LOGBACK_FILE, "dev/tessera/cli/logback.xml");
        }
    }

    /** The whole command line. Another command is one more {@code addSubcommand}. */
    static CommandLine commandLine() {
        OneLineErrors errors = new OneLineErrors();
        return ServeCommand.commandLine()
                .setCommandName("tessera")
                .addSubcommand("serve", ServeCommand.commandLine())
                .addSubcommand("bench", BenchCommand.commandLine())
                .addSubcommand("bench-echo", BenchEchoCommand.commandLine())
                // A save may be called as a command is.
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
            // These would be taken for the default command's, and be lost.
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "Options must follow the command '"
                            + parsed.subcommand().commandSpec().name() + "'");
        }
        return new RunLast().execute(parsed);
    }
}
