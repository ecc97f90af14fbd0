package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server with a Vert.x of its own, alone or as a node of a cluster, as the settings say: joining comes before the
 * Vert.x, and leaving after it. Thread-safe.
 */
public final class TesseraNode {

    private final Configuration configuration;
    private final VertxOptions vertxOptions;
    private final StartOptions startOptions;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile Vertx vertx;
    private volatile TesseraServer server;
    /** Null where the server runs alone. */
    private volatile ClusterNode cluster;

    private TesseraNode(Configuration configuration, VertxOptions vertxOptions, StartOptions startOptions) {
        this.configuration = configuration;
        this.vertxOptions = vertxOptions;
        this.startOptions = startOptions;
    }

    /**
     * One that is still to be started.
     *
     * @param vertxOptions of the Vert.x; how many event loops it has, and its event bus, are set here
     */
    public static TesseraNode of(Configuration configuration, VertxOptions vertxOptions, StartOptions startOptions) {
        return new TesseraNode(configuration, vertxOptions, startOptions);
    }

    /**
     * Starts it, once. Where the start fails, whatever was started is stopped again. Blocks, so not on an event loop.
     *
     * @throws Exception as {@link TesseraServer#start} fails; a {@link StartException} also if the cluster cannot be
     *     joined; anything where {@link #stop} was called meanwhile
     */
    public void start() throws Exception {
        try {
            cluster = configuration.requireConsistent().get(Settings.CLUSTER_ENABLED)
                    ? ClusterNode.join(configuration)
                    : null;
            vertxOptions.setEventLoopPoolSize(TesseraServer.eventLoops(configuration));
            vertx = cluster == null ? Vertx.vertx(vertxOptions) : Blocking.await(cluster.startVertx(vertxOptions));
            TesseraServer started = Blocking.await(TesseraServer.start(vertx, configuration, startOptions, cluster));
            if (cluster != null) {
                cluster.takePartitions();
            }
            server = started;
        } catch (Exception e) {
            if (stopping.compareAndSet(false, true)) {
                end();
            }
            throw e;
        }
    }

    /** Says whether it has started. */
    public boolean hasStarted() {
        return server != null;
    }

    /** The server. */
    public TesseraServer server() {
        return server;
    }

    /** The name of the node in its cluster, or null where it runs alone. */
    public String clusterNodeName() {
        return cluster == null ? null : cluster.name();
    }

    /**
     * Stops: clients first, then Vert.x; a node of a cluster hands its partitions over, for which it works on them to
     * the last. One that is still starting gives up what it is at. Blocks, so not on an event loop.
     */
    public void stop() throws Exception {
        if (stopping.compareAndSet(false, true)) {
            end();
        }
    }

    private void end() throws Exception {
        try {
            if (server != null) {
                Blocking.await(server.drain());
            }
        } finally {
            try {
                if (vertx != null) {
                    Blocking.await(vertx.close());
                }
            } finally {
                if (cluster != null) {
                    cluster.leave();
                }
            }
        }
    }
}
