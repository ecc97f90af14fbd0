package dev.tessera.cli;

import dev.tessera.config.ConfigurationException;
import dev.tessera.server.StartException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints a failure on standard error in one line, and maps it to an exit code. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String suggestions =
                e instanceof UnmatchedArgumentException unmatched ? String.join(", ", unmatched.getSuggestions()) : "";
        String hint = suggestions.isEmpty() ? "" : " (did you mean " + suggestions + "?)";
        print(
                e.getCommandLine(),
                e.getMessage() + hint + "; see "
                        + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parseResult) {
        print(commandLine, e.getMessage());
        if (e instanceof ConfigurationException unusable) {
            return ExitCode.of(unusable);
        }
        if (!(e instanceof StartException)) {
            LoggerFactory.getLogger(OneLineErrors.class)
                    .error("Unexpected failure; this is a fault of the server, please report it", e);
        }
        return ExitCode.FAILED;
    }

    private static void print(CommandLine commandLine, @Nullable String problem) {
        commandLine.getErr().println("tessera: " + String.valueOf(problem).replaceAll("\\R", " "));
    }
}
