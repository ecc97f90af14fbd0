package dev.tessera.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Where the program starts. */
public final class Main {

  private Main() {
  }

  /** Runs the command that the arguments name, by default {@code serve}, and ends the process if it failed. */
  public static void main(String[] args) {
    int exitCode = commandLine().execute(args);
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
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
      throw new ParameterException(parsed.commandSpec().commandLine(),
          "Options must follow the command '" + parsed.subcommand().commandSpec().name() + "'");
    }
    return new RunLast().execute(parsed);
  }
}
