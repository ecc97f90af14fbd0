package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.event.ChangePublisher;
import dev.tessera.impl.management.Readiness;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.store.JournalLink;
import dev.tessera.impl.store.StoreOptions;
import dev.tessera.impl.store.StoreVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.EventBus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of a server before they are deployed, and what outlives the process: the secret and the journal.
 * Thread-safe.
 */
final class Storage {

    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    private final Vertx vertx;
    private final Configuration configuration;
    private final StartOptions options;
    private final Metrics metrics;
    /** Null where the server runs alone. */
    private final ClusterNode node;

    private final StoreMap stores;
    /** Null where there is no journal. */
    private final JournalLink link;

    private final List<StoreVerticle> verticles = new ArrayList<>();
    private volatile ServerJournal journal;

    /** Of a server alone, or, where there is one, of a node of a cluster, which has stores and a secret of its own. */
    Storage(
            Vertx vertx,
            Configuration configuration,
            StartOptions options,
            Readiness readiness,
            Metrics metrics,
            ClusterNode node) {
        this.vertx = vertx;
        this.node = node;
        this.configuration = configuration;
        this.options = options;
        this.metrics = metrics;
        stores = node != null
                ? node.partitions().stores()
                : new StoreMap(configuration.get(Settings.PARTITIONS), TesseraServer.eventLoops(configuration));
        link = JournalMode.of(configuration) == JournalMode.OFF
                ? null
                : new JournalLink(stores.storeCount(), ServerJournal.holdsReplies(configuration));
        readiness.watch(this::trouble);
        StoreOptions storeOptions = new StoreOptions(
                configuration.get(Settings.MAX_REPLY_BYTES),
                configuration.get(Settings.SESSIONS_SWEEP_INTERVAL_MS),
                TesseraServer.onePerProcessor(configuration.get(Settings.SEARCH_THREADS)),
                configuration.get(Settings.SEARCH_MAX_WAITING));
        for (int number = 0; node == null && number < stores.storeCount(); number++) {
            verticles.add(new StoreVerticle(
                    stores,
                    number,
                    options.clock(),
                    storeOptions,
                    configuration.get(Settings.EVENTS_ENABLED) ? publisher(number) : null,
                    link));
        }
    }

    /** Publishes what one store changes, when its replies may leave. */
    private ChangePublisher publisher(int store) {
        EventBus bus = vertx.eventBus();
        return new ChangePublisher(
                link == null
                        ? bus::publish
                        : (address, text) -> link.afterwards(store, () -> bus.publish(address, text)));
    }

    StoreMap stores() {
        return stores;
    }

    Clock clock() {
        return options.clock();
    }

    /** The store of this number, which one of the loops deploys. */
    StoreVerticle store(int number) {
        return verticles.get(number);
    }

    /** How many sessions there are here, as of the last sweep; in a cluster, in the partitions that this node owns. */
    long heldSessions() {
        return node != null
                ? node.partitions().heldSessions()
                : verticles.stream().mapToLong(StoreVerticle::heldSessions).sum();
    }

    /** How many keys there are here, likewise. */
    long heldKeys() {
        return node != null
                ? node.partitions().heldKeys()
                : verticles.stream().mapToLong(StoreVerticle::heldKeys).sum();
    }

    /** Finds or makes the secret, and puts back what the journal holds; this may take long. */
    Future<SharedSecret> open() {
        // A pool of its own, since others complain about what takes long.
        WorkerExecutor worker = vertx.createSharedWorkerExecutor("tessera-start", 1, 1, TimeUnit.DAYS);
        return worker.executeBlocking(() -> {
                    SaveAndLoad.requireWritable(configuration);
                    ServerJournal.ignored(configuration)
                            .ifPresent(left -> LOG.warn(
                                    "{} is neither read nor written, for journal is off: what it holds is not served until a start with a journal",
                                    left));
                    SharedSecret secret = node == null ? SharedSecret.load(configuration) : node.secret();
                    if (link != null) {
                        journal = ServerJournal.open(
                                configuration,
                                options,
                                new PartitionResolver(
                                        stores,
                                        new KeyedTokens(secret.bytes()),
                                        number -> store(stores.storeOfPartition(number))
                                                .partitions()
                                                .at(number)
                                                .restorer()),
                                link);
                        link.open(journal.log());
                        JournalMetrics.add(metrics, journal.log());
                    }
                    return secret;
                })
                .eventually(worker::close);
    }

    /** Why the journal refuses changes, or soon may; empty where all is well. */
    private String trouble() {
        ServerJournal opened = journal;
        return opened == null ? "" : opened.trouble();
    }

    /** Writes what was changed, once the stores have stopped. */
    Future<Void> close() {
        return journal == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    journal.close();
                    return null;
                });
    }
}
