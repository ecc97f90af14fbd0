package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.gateway.ConnectionCount;
import dev.tessera.impl.management.ManagementServer;
import dev.tessera.impl.management.Readiness;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.StoreLinks;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Its parts start in the order in which they are needed: the management endpoints, which say
 * "starting"; then the stores, which may take in a save; then the gateways, which serve clients; then it is ready. It
 * stops in the opposite order. Thread-safe; nothing here blocks.
 */
public final class TesseraServer {

    private static final Logger LOG = LoggerFactory.getLogger(TesseraServer.class);

    /** How long the loops may take to stop beyond the drain timeout, which they keep to by themselves. */
    private static final int DRAIN_MARGIN_MS = 1000;

    private final Vertx vertx;
    private final Loops loops;
    private final Readiness readiness;
    private final ManagementServer management;
    private final String loopsDeploymentId;
    private final VerticleAccess access;
    private final SaveAndLoad saveAndLoad;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Promise<Void> drained = Promise.promise();

    private TesseraServer(
            Vertx vertx,
            Loops loops,
            Readiness readiness,
            ManagementServer management,
            String loopsDeploymentId,
            SaveAndLoad saveAndLoad,
            VerticleAccess access) {
        this.vertx = vertx;
        this.loops = loops;
        this.readiness = readiness;
        this.management = management;
        this.loopsDeploymentId = loopsDeploymentId;
        this.saveAndLoad = saveAndLoad;
        this.access = access;
    }

    /**
     * Starts a server in a Vert.x, which stays the caller's: give it {@link #eventLoops} event loops, and close it
     * after {@link #drain()}. Where the start fails, whatever was started is stopped again. One server to a Vert.x, for
     * its stores have addresses on the event bus.
     *
     * @return fails with {@link dev.tessera.config.ConfigurationException} if settings contradict each other, or with
     *     {@link StartException} if an address cannot be bound, a directory is of no use, or a save cannot be loaded
     */
    public static Future<TesseraServer> start(Vertx vertx, Configuration configuration) {
        return start(vertx, configuration, StartOptions.DEFAULT);
    }

    /** As {@link #start(Vertx, Configuration)}, with other options. */
    public static Future<TesseraServer> start(Vertx vertx, Configuration configuration, StartOptions options) {
        return start(vertx, configuration, options, null);
    }

    /** As {@link #start(Vertx, Configuration, StartOptions)}, as a node of a cluster; alone where it is null. */
    static Future<TesseraServer> start(
            Vertx vertx, Configuration configuration, StartOptions options, ClusterNode node) {
        Commands commands;
        try {
            commands = node == null ? TesseraCommands.under(configuration.requireConsistent()) : node.commands();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        Readiness readiness = node == null ? new Readiness() : new Readiness(node::enoughMembers);
        Metrics metrics = new Metrics();
        Storage storage = new Storage(vertx, configuration, options, readiness, metrics, node);
        return startManagement(vertx, configuration, readiness, metrics, node)
                .compose(management -> storage.open()
                        .compose(secret -> startLoops(
                                vertx,
                                loops(configuration, commands, secret, storage, node),
                                readiness,
                                metrics,
                                management))
                        .onSuccess(server -> readiness.enter(Readiness.State.READY))
                        .recover(failure -> storage.close()
                                .eventually(management::close)
                                .transform(closed -> Future.failedFuture(failure))));
    }

    private static Loops loops(
            Configuration configuration, Commands commands, SharedSecret secret, Storage storage, ClusterNode node) {
        return new Loops(
                configuration,
                new SharedPort(configuration.get(Settings.PORT)),
                new ConnectionCount(configuration.get(Settings.MAX_CONNECTIONS)),
                commands,
                secret,
                storage,
                node == null ? StoreLinks.local() : node.partitions(),
                node);
    }

    private static Future<ManagementServer> startManagement(
            Vertx vertx, Configuration configuration, Readiness readiness, Metrics metrics, ClusterNode node) {
        Setting<String> host = Settings.MANAGEMENT_HOST;
        Setting<Integer> port = Settings.MANAGEMENT_PORT;
        return ManagementServer.start(
                        vertx,
                        configuration.get(host),
                        configuration.get(port),
                        readiness,
                        metrics,
                        node == null ? null : node::stateJson)
                .recover(failure -> Future.failedFuture(ListenException.explain(failure, configuration, host, port)));
    }

    private static Future<TesseraServer> startLoops(
            Vertx vertx, Loops loops, Readiness readiness, Metrics metrics, ManagementServer management) {
        BatchBus.prepare(vertx.eventBus());
        ServerMetrics.addTo(metrics, loops);
        DeploymentOptions options = new DeploymentOptions().setInstances(eventLoops(loops.configuration()));
        return vertx.deployVerticle(() -> new LoopVerticle(loops), options)
                .compose(id -> SaveAndLoad.open(vertx, loops, metrics)
                        .compose(saveAndLoad -> saveAndLoad
                                .loadAtStart()
                                .compose(loaded -> loops.all(LoopVerticle::listen))
                                .compose(listening -> VerticleAccess.open(vertx, loops))
                                .map(access ->
                                        new TesseraServer(vertx, loops, readiness, management, id, saveAndLoad, access))
                                .recover(failure ->
                                        saveAndLoad.close().transform(closed -> Future.failedFuture(failure))))
                        .recover(failure -> vertx.undeploy(id).transform(undeployed -> Future.failedFuture(failure))))
                .recover(failure -> Future.failedFuture(
                        ListenException.explain(failure, loops.configuration(), Settings.HOST, Settings.PORT)));
    }

    /** How many event loops serve clients under this configuration. */
    public static int eventLoops(Configuration configuration) {
        return onePerProcessor(configuration.get(Settings.EVENT_LOOPS));
    }

    /** The configured number of threads, or as many as there are processors where it is 0. */
    static int onePerProcessor(int configured) {
        return configured != 0 ? configured : Runtime.getRuntime().availableProcessors();
    }

    /** The port that clients connect to. */
    public int port() {
        return loops.port().actual();
    }

    /** Where the secret of shared sessions comes from, in words for the log. */
    public String secretOrigin() {
        return loops.secret().origin();
    }

    /** The port of the management endpoints. */
    public int managementPort() {
        return management.port();
    }

    /**
     * Fails where what is stored contradicts itself, or where anything is owed to anybody, though nobody waits for
     * anything. Visits every key; for tests.
     */
    Future<Void> checkAtRest() {
        return Future.all(loops.all(LoopVerticle::checkAtRest), access.checkAtRest())
                .mapEmpty();
    }

    /** How many connections of clients are counted. */
    int connections() {
        return loops.connectionCount().get();
    }

    /**
     * Stops serving: no new connections, replies in flight are sent, sockets are closed, within {@code drainTimeoutMs}
     * and a second. The management endpoints say "draining" meanwhile and end last. May be called more than once, as
     * long as the Vert.x is open; all calls return the same future, which never fails.
     */
    public Future<Void> drain() {
        if (draining.compareAndSet(false, true)) {
            readiness.enter(Readiness.State.DRAINING);
            int timeoutMs = loops.configuration().get(Settings.DRAIN_TIMEOUT_MS);
            saveAndLoad.endSoon();
            // All that takes commands first: it may still wait for replies of any store.
            Future.join(access.drain(timeoutMs), loops.all(loop -> loop.drain(timeoutMs)))
                    .eventually(saveAndLoad::close)
                    .eventually(() -> vertx.undeploy(loopsDeploymentId))
                    .timeout(timeoutMs + DRAIN_MARGIN_MS, TimeUnit.MILLISECONDS)
                    .onFailure(failure -> LOG.warn("The event loops did not stop as they should", failure))
                    .eventually(loops.storage()::close)
                    .eventually(management::close)
                    .onComplete(done -> drained.complete());
        }
        return drained.future();
    }
}
