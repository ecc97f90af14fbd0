package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.server.Blocking;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.server.TesseraCommands;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A server with a Vert.x of its own, alone or as a node of a cluster, as the settings say. A node joins the cluster
 * before its Vert.x starts, and leaves after its Vert.x has closed. Thread-safe.
 */
public final class TesseraNode {

    private final Configuration configuration;
    private final VertxOptions vertxOptions;
    private final StartOptions startOptions;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable Backend backend;
    private volatile @Nullable Vertx vertx;
    private volatile @Nullable TesseraServer server;

    private TesseraNode(Configuration configuration, VertxOptions vertxOptions, StartOptions startOptions) {
        this.configuration = configuration;
        this.vertxOptions = vertxOptions;
        this.startOptions = startOptions;
    }

    /**
     * Returns a node that has not started yet.
     *
     * @param vertxOptions of the Vert.x; the node sets the number of event loops, and in a cluster the event bus
     */
    public static TesseraNode of(Configuration configuration, VertxOptions vertxOptions, StartOptions startOptions) {
        return new TesseraNode(
                Objects.requireNonNull(configuration, "no null configuration accepted"),
                Objects.requireNonNull(vertxOptions, "no null options accepted"),
                Objects.requireNonNull(startOptions, "no null options accepted"));
    }

    /**
     * Starts the node, once. If the start fails, all parts that have started stop again. Blocks, so it must not run on
     * an event loop.
     *
     * @throws Exception as {@link TesseraServer#start} fails; a {@link StartException} also if the node cannot join the
     *     cluster; any other if {@link #stop} was called meanwhile
     */
    public void start() throws Exception {
        try {
            ServerOptions options = TesseraServer.options(configuration);
            Backend chosen = choose(options);
            backend = chosen;
            vertxOptions.setEventLoopPoolSize(options.eventLoops());
            Vertx own = Blocking.await(chosen.startVertx(vertxOptions));
            vertx = own;
            TesseraServer started = Blocking.await(TesseraServer.start(own, options, startOptions.wall(), chosen));
            chosen.takePartitions();
            server = started;
        } catch (Exception e) {
            if (stopping.compareAndSet(false, true)) {
                end();
            }
            throw e;
        }
    }

    private Backend choose(ServerOptions options) throws InterruptedException {
        Commands commands = TesseraCommands.of(options.commands());
        return options.cluster().enabled()
                ? ClusterBackend.join(options, commands, startOptions.newSessionClock())
                : new LocalBackend(options, startOptions, commands);
    }

    /** Returns whether the node has started. */
    public boolean hasStarted() {
        return server != null;
    }

    /**
     * Returns the server.
     *
     * @throws IllegalStateException if the node has not started
     */
    public TesseraServer server() {
        TesseraServer started = server;
        if (started == null) {
            throw new IllegalStateException("the node has not started");
        }
        return started;
    }

    /** Returns the name of the node in its cluster; null if the server runs alone or has not started. */
    public @Nullable String clusterNodeName() {
        Backend chosen = backend;
        return chosen == null ? null : chosen.nodeName().orElse(null);
    }

    /**
     * Stops the node: first its clients, then Vert.x. A node of a cluster then hands its partitions over, and works on
     * them until the last is gone. A node that is still starting gives up. Blocks, so it must not run on an event loop.
     */
    public void stop() throws Exception {
        if (stopping.compareAndSet(false, true)) {
            end();
        }
    }

    private void end() throws Exception {
        try {
            TesseraServer started = server;
            if (started != null) {
                Blocking.await(started.drain());
            }
        } finally {
            try {
                Vertx own = vertx;
                if (own != null) {
                    Blocking.await(own.close());
                }
            } finally {
                Backend chosen = backend;
                if (chosen != null) {
                    chosen.leave();
                }
            }
        }
    }
}
