package dev.tessera.cli;

import dev.tessera.config.Configuration;
import dev.tessera.config.ConfigurationLoader;
import dev.tessera.config.JournalMode;
import dev.tessera.server.StartOptions;
import dev.tessera.server.TesseraNode;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tessera serve}: runs a server until a signal stops the process. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Serves JSON key-values in sessions over WebSocket, until stopped by SIGTERM or Ctrl-C.",
        footer = {
            "",
            "Every setting has a place in the file and an environment variable, such as",
            "limits.maxPayloadBytes and TESSERA_LIMITS_MAX_PAYLOAD_BYTES. Flags override the",
            "environment, which overrides the file.",
            "",
            "Exit codes: 0 done, 1 could not start, 2 unknown option or unusable value, 3 out of",
            "memory."
        })
final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 0,
            description = "Configuration file. Default: conf/tessera.json in the working directory, if there is one.")
    private @Nullable Path file;

    @Option(
            names = "--repair",
            order = 90,
            description =
                    "If the journal is damaged, keep all of it that is whole, and start. Damaged files are put aside.")
    private boolean repair;

    private ServeCommand() {}

    /** Returns the command with its options. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new ServeCommand());
        for (int i = 0; i < Flag.ALL.size(); i++) {
            commandLine.getCommandSpec().addOption(Flag.ALL.get(i).toOption(i + 1));
        }
        Flag.FORMER.forEach((name, flag) -> commandLine.getCommandSpec().addOption(flag.toFormerOption(name)));
        return commandLine;
    }

    @Override
    public Integer call() throws Exception {
        ConfigurationLoader loader = loader();
        Configuration configuration = loader.load();
        if (repair && JournalMode.of(configuration) == JournalMode.OFF) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--repair repairs a journal, and the server keeps none; name its directory with --data-dir");
        }
        LogLevels.apply(configuration);
        warnOfFormerFlags();
        Hangup.ignore();
        TesseraNode node = TesseraNode.of(configuration, vertxOptions(), StartOptions.DEFAULT.withRepair(repair));
        GracefulStop stop = GracefulStop.onSignal(node, configuration);
        try {
            node.start();
            StartReport.log(configuration, loader.sources(), node);
        } catch (Exception e) {
            if (stop.cancel()) {
                throw e;
            }
        }
        stop.await();
        return ExitCode.OK;
    }

    private ConfigurationLoader loader() {
        ConfigurationLoader loader =
                new ConfigurationLoader().file(Optional.ofNullable(file)).environment(System.getenv());
        for (Flag flag : Flag.ALL) {
            Object value = valueOf(flag.name());
            if (value != null) {
                loader.flag(flag.name(), flag.setting(), value.toString());
            }
        }
        Flag.FORMER.forEach((name, flag) -> {
            Object value = valueOf(name);
            if (value != null && valueOf(flag.name()) != null) {
                throw new ParameterException(
                        spec.commandLine(), name + " is an old name of " + flag.name() + "; keep only " + flag.name());
            }
            if (value != null) {
                loader.flag(name, flag.setting(), value.toString());
            }
        });
        return loader;
    }

    private @Nullable Object valueOf(String flag) {
        return spec.commandLine().getParseResult().matchedOptionValue(flag, null);
    }

    private void warnOfFormerFlags() {
        Flag.FORMER.forEach((name, flag) -> {
            if (valueOf(name) != null) {
                LOG.warn("{} is an old name; use {}", name, flag.name());
            }
        });
    }

    private static VertxOptions vertxOptions() {
        // The server sends no files from the class path. Without that, Vert.x needs no cache directory and runs on a
        // read-only file system.
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
