package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.http.AllowedHosts;
import dev.tessera.impl.management.ManagementPage;
import dev.tessera.impl.management.ManagementServer;
import dev.tessera.impl.management.Readiness;
import dev.tessera.impl.management.StallWatch;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.server.TesseraCommands;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Its parts start in the order in which they need each other: the management endpoints, which answer
 * "starting"; then the stores, which may load a save; then the gateways, which serve clients. Then the server is ready.
 * It stops in the opposite order. Thread-safe; no method blocks.
 */
public final class TesseraServer {

    private static final Logger LOG = LoggerFactory.getLogger(TesseraServer.class);

    /** How long the loops may take to stop after the drain timeout, which they keep by themselves. */
    private static final int DRAIN_MARGIN_MS = 1000;

    private final ServerContext server;
    private final Readiness readiness;
    private final ManagementServer management;
    private final EventLoops loops;
    private final SaveAndLoad saveAndLoad;
    private final VerticleAccess access;
    private final VertxClaim claim;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Promise<Void> drained = Promise.promise();

    private TesseraServer(
            ServerContext server,
            Readiness readiness,
            ManagementServer management,
            EventLoops loops,
            SaveAndLoad saveAndLoad,
            VerticleAccess access,
            VertxClaim claim) {
        this.server = server;
        this.readiness = readiness;
        this.management = management;
        this.loops = loops;
        this.saveAndLoad = saveAndLoad;
        this.access = access;
        this.claim = claim;
    }

    /**
     * Starts a server in a Vert.x that belongs to the caller: give it {@link #eventLoops} event loops, and close it
     * after {@link #drain()}. If the start fails, all parts that have started stop again. A Vert.x can run one server,
     * because the stores have addresses on the event bus: deploy a verticle that starts one with one instance.
     *
     * @return fails with {@link dev.tessera.config.ConfigurationException} if settings contradict each other, or with
     *     {@link StartException} if the Vert.x runs a server already, an address cannot be bound, a directory is
     *     unusable, or a save cannot be loaded
     */
    public static Future<TesseraServer> start(Vertx vertx, Configuration configuration) {
        return start(vertx, configuration, StartOptions.DEFAULT);
    }

    /** As {@link #start(Vertx, Configuration)}, with other options. */
    public static Future<TesseraServer> start(Vertx vertx, Configuration configuration, StartOptions startOptions) {
        Objects.requireNonNull(vertx, "no null Vertx accepted");
        Objects.requireNonNull(configuration, "no null configuration accepted");
        Objects.requireNonNull(startOptions, "no null options accepted");
        try {
            ServerOptions options = options(configuration);
            return start(
                    vertx,
                    options,
                    startOptions.wall(),
                    new LocalBackend(options, startOptions, TesseraCommands.of(options.commands())));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Returns the options of a consistent configuration. Logs the old names of settings in it. */
    static ServerOptions options(Configuration configuration) {
        configuration.requireConsistent().warnings().forEach(LOG::warn);
        return ServerOptions.of(configuration);
    }

    /** Starts a server on a backend that is not open yet. */
    static Future<TesseraServer> start(Vertx vertx, ServerOptions options, Clock wall, Backend backend) {
        return VertxClaim.take(vertx)
                .compose(claim -> startClaimed(vertx, options, wall, backend, claim)
                        .recover(failure -> claim.release().transform(released -> Future.failedFuture(failure))));
    }

    private static Future<TesseraServer> startClaimed(
            Vertx vertx, ServerOptions options, Clock wall, Backend backend, VertxClaim claim) {
        Readiness readiness = new Readiness(backend::enoughMembers, backend::trouble, () -> trouble(backend.memory()));
        Metrics metrics = new Metrics();
        StallWatch stalls = new StallWatch(options.stallMs());
        return startManagement(vertx, options, readiness, stalls, metrics, backend)
                .onSuccess(management -> claim.atEnd(management::close))
                .compose(management -> open(vertx, options, metrics, backend)
                        .compose(secret -> startLoops(
                                ServerContext.of(vertx, options, backend, secret, wall, stalls),
                                readiness,
                                metrics,
                                management,
                                claim))
                        .onSuccess(started -> readiness.enter(Readiness.State.READY))
                        .recover(failure -> close(vertx, backend)
                                .eventually(management::close)
                                .transform(closed -> Future.failedFuture(failure))));
    }

    /** Returns why the memory admits no more data, in one line; empty if it does. */
    private static String trouble(MemoryBudget memory) {
        return memory.isFull()
                ? "commands that write are answered with 205, because sessions and keys take " + memory.usedBytes()
                        + " of " + memory.limits().bytesMax() + " bytes: remove some, or raise "
                        + Settings.MAX_DATA_BYTES.path() + " and the heap (-Xmx)"
                : "";
    }

    private static Future<ManagementServer> startManagement(
            Vertx vertx,
            ServerOptions options,
            Readiness readiness,
            StallWatch stalls,
            Metrics metrics,
            Backend backend) {
        List<ManagementPage> pages = new ArrayList<>(backend.managementPages());
        pages.add(new ManagementPage("/metrics", Metrics.CONTENT_TYPE, metrics::page));
        ServerOptions.Endpoint endpoint = options.management();
        AllowedHosts hosts =
                new AllowedHosts(endpoint.host(), options.gateway().http().hosts());
        Context context = vertx.getOrCreateContext();
        Promise<ManagementServer> started = Promise.promise();
        // The start goes on in the Vert.x of the caller, not on the thread of the endpoints.
        ManagementServer.start(endpoint.host(), endpoint.port(), readiness, hosts, stalls, pages)
                .onComplete(done -> context.runOnContext(now -> started.handle(done)));
        return started.future().recover(failure -> Future.failedFuture(ListenException.explain(failure, endpoint)));
    }

    /** Opens the backend on a thread of its own, because Vert.x complains about long tasks in its own pool. */
    private static Future<SharedSecret> open(Vertx vertx, ServerOptions options, Metrics metrics, Backend backend) {
        WorkerExecutor worker = vertx.createSharedWorkerExecutor("tessera-start", 1, 1, TimeUnit.DAYS);
        return worker.executeBlocking(() -> {
                    SaveAndLoad.requireWritable(options.saves());
                    ServerJournal.ignored(options.journal())
                            .ifPresent(ignored -> LOG.warn(
                                    "{} holds a journal, but {} is off: the server does not serve its sessions. Start"
                                            + " with a journal to serve them",
                                    ignored,
                                    Settings.JOURNAL.path()));
                    return backend.open(vertx, metrics);
                })
                .eventually(worker::close);
    }

    private static Future<Void> close(Vertx vertx, Backend backend) {
        return vertx.executeBlocking(() -> {
            backend.close();
            return null;
        });
    }

    private static Future<TesseraServer> startLoops(
            ServerContext server, Readiness readiness, Metrics metrics, ManagementServer management, VertxClaim claim) {
        BatchBus.prepare(server.vertx().eventBus());
        ServerMetrics.addTo(metrics, server);
        return EventLoops.deploy(server)
                .compose(loops -> SaveAndLoad.open(server, metrics)
                        .compose(saveAndLoad -> saveAndLoad
                                .loadAtStart()
                                .compose(loaded -> loops.listen())
                                .compose(listening -> VerticleAccess.open(server))
                                .map(access -> new TesseraServer(
                                        server, readiness, management, loops, saveAndLoad, access, claim))
                                .recover(failure ->
                                        saveAndLoad.close().transform(closed -> Future.failedFuture(failure))))
                        .recover(failure -> loops.undeploy().transform(undeployed -> Future.failedFuture(failure))))
                .recover(failure -> Future.failedFuture(
                        ListenException.explain(failure, server.options().clients())));
    }

    /** Returns how many event loops serve clients under this configuration. */
    public static int eventLoops(Configuration configuration) {
        return ServerOptions.eventLoops(configuration);
    }

    /** Returns the port that clients connect to. */
    public int port() {
        return server.port().actual();
    }

    /** Returns the origin of the secret of shared sessions, in words for the log. */
    public String secretOrigin() {
        return server.secret().origin();
    }

    /** Returns the port of the management endpoints. */
    public int managementPort() {
        return management.port();
    }

    /**
     * Fails if a store contradicts itself, or if a reply is owed although no client waits for one. Visits every key;
     * for tests.
     */
    Future<Void> checkAtRest() {
        return Future.all(loops.checkAtRest(), access.checkAtRest()).mapEmpty();
    }

    /** Returns how many connections of clients are counted. */
    int connections() {
        return server.gateways().connectionCount().get();
    }

    /**
     * Stops serving: refuses new connections, sends the replies in flight and closes the sockets, within
     * {@code drainTimeoutMs} and a second. Meanwhile the management endpoints answer "draining"; they end last. May be
     * called more than once, as long as the Vert.x is open; all calls return the same future, which never fails.
     */
    public Future<Void> drain() {
        if (draining.compareAndSet(false, true)) {
            readiness.enter(Readiness.State.DRAINING);
            long timeoutMs = server.options().drainTimeoutMs();
            saveAndLoad.endSoon();
            // First the parts that take commands, because they may still wait for replies of any store.
            Future.join(access.drain(timeoutMs), loops.drain(timeoutMs))
                    .eventually(saveAndLoad::close)
                    .eventually(loops::undeploy)
                    .timeout(timeoutMs + DRAIN_MARGIN_MS, TimeUnit.MILLISECONDS)
                    .onFailure(failure -> LOG.warn(
                            "The event loops did not stop as expected within {} ms; some clients may miss replies",
                            timeoutMs + DRAIN_MARGIN_MS,
                            failure))
                    .eventually(() -> close(server.vertx(), server.backend()))
                    .eventually(management::close)
                    .eventually(claim::release)
                    .onComplete(done -> drained.complete());
        }
        return drained.future();
    }
}
