package dev.tessera.cli;

import dev.tessera.impl.bench.EchoServer;
import dev.tessera.impl.server.Blocking;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tessera bench-echo}: the server that {@code bench --self} measures as the ceiling. It runs until a signal
 * stops the process.
 */
@Command(
        name = "bench-echo",
        hidden = true,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description =
                "Sends every WebSocket message back, on one event loop: the ceiling that 'bench --self' measures.")
final class BenchEchoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port on the loopback address; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    private BenchEchoCommand() {}

    /** Returns the command with its options. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchEchoCommand());
    }

    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        EchoServer server = new EchoServer(port);
        Blocking.await(vertx.deployVerticle(server));
        spec.commandLine().getOut().println("Listening on ws://127.0.0.1:" + server.actualPort());
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }
}
