package dev.tessera.server;

import dev.tessera.config.JournalMode;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.event.ChangePublisher;
import dev.tessera.impl.management.ManagementPage;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.StoreLinks;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.SessionClock;
import dev.tessera.impl.store.JournalLink;
import dev.tessera.impl.store.StoreVerticle;
import dev.tessera.impl.work.WorkerQueue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The backend of a server that runs alone: one store on each event loop, and a journal if one is configured.
 * Thread-safe.
 */
final class LocalBackend implements Backend {

    private final ServerOptions options;
    private final StartOptions startOptions;
    private final SessionClock clock;
    private final Commands commands;
    private final StoreMap stores;
    private final WorkerQueue workers;
    private final MemoryBudget memory;
    /** Null if the server keeps no journal. */
    private final @Nullable JournalLink link;

    private volatile List<StoreVerticle> verticles = List.of();
    private volatile @Nullable ServerJournal journal;
    /** Null without a data directory. */
    private volatile @Nullable RevisionCeiling ceiling;

    LocalBackend(ServerOptions options, StartOptions startOptions, Commands commands) {
        this.options = options;
        this.startOptions = startOptions;
        this.clock = startOptions.newSessionClock();
        this.commands = commands;
        this.stores = new StoreMap(options.stores().partitions(), options.eventLoops());
        this.workers = new WorkerQueue(options.stores().workers());
        this.memory = new MemoryBudget(options.stores().data(), stores.partitionCount());
        this.link = options.journal().mode() == JournalMode.OFF
                ? null
                : new JournalLink(stores.storeCount(), options.journal().holdsReplies());
    }

    @Override
    public Future<Vertx> startVertx(VertxOptions vertxOptions) {
        return Future.succeededFuture(Vertx.vertx(vertxOptions));
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public StoreMap stores() {
        return stores;
    }

    @Override
    public StoreLinks links() {
        return StoreLinks.local();
    }

    @Override
    public SharedSecret open(Vertx vertx, Metrics metrics) {
        SharedSecret secret = SharedSecret.load(options.secret());
        KeyOrder order = KeyOrder.under(secret.bytes());
        verticles = IntStream.range(0, stores.storeCount())
                .mapToObj(number -> store(number, vertx, order))
                .toList();
        if (link != null) {
            openJournal(link, secret, metrics);
        }
        options.secret().dataDir().ifPresent(this::openCeiling);
        return secret;
    }

    private StoreVerticle store(int number, Vertx vertx, KeyOrder order) {
        return new StoreVerticle(
                stores,
                number,
                clock,
                options.stores().store(),
                workers,
                options.stores().events() ? publisher(number, vertx) : null,
                link,
                memory,
                this::revisionTimeMax,
                order);
    }

    /** Returns the bound up to which the time carries revisions. Without a data directory there is none. */
    private long revisionTimeMax() {
        RevisionCeiling opened = ceiling;
        return opened == null ? Long.MAX_VALUE : opened.timeMax();
    }

    /** Lets all partitions continue above the revisions of earlier processes. */
    private void openCeiling(Path dataDir) {
        long[] seen = new long[1];
        forEachPartition(
                partition -> seen[0] = Math.max(seen[0], partition.revisions().last()));
        RevisionCeiling opened = RevisionCeiling.open(dataDir, seen[0], clock, startOptions.nanoTime());
        forEachPartition(partition -> {
            partition.revisions().continueAbove(opened.base());
            partition.revisions().forgetHistory();
        });
        ceiling = opened.start();
    }

    private void forEachPartition(Consumer<Partition> consumer) {
        verticles.forEach(store -> store.partitions().forEach(consumer));
    }

    /** Returns a publisher that publishes a change of the store when the reply to the change may leave. */
    private ChangePublisher publisher(int store, Vertx vertx) {
        EventBus bus = vertx.eventBus();
        return new ChangePublisher(
                link == null
                        ? bus::publish
                        : (address, text) -> link.afterwards(store, () -> bus.publish(address, text)));
    }

    private void openJournal(JournalLink opened, SharedSecret secret, Metrics metrics) {
        PartitionResolver partitions = new PartitionResolver(
                stores,
                new KeyedTokens(secret.bytes()),
                number -> Objects.requireNonNull(
                                verticles
                                        .get(stores.storeOfPartition(number))
                                        .partitions()
                                        .at(number),
                                "the store has its partitions")
                        .restorer());
        ServerJournal replayed =
                ServerJournal.open(options.journal(), startOptions, secret, partitions, opened, memory);
        journal = replayed;
        clock.startAt(partitions.usedMs());
        opened.open(replayed.log());
        JournalMetrics.add(metrics, replayed.log());
    }

    /** Returns the store of the same number, so that every loop has one. */
    @Override
    public List<StoreVerticle> storesOfLoop(int loop) {
        return List.of(verticles.get(loop));
    }

    /** Does nothing: the stores have all partitions from the start. */
    @Override
    public void takePartitions() {}

    @Override
    public SessionClock clock() {
        return clock;
    }

    @Override
    public long heldSessions() {
        return verticles.stream().mapToLong(StoreVerticle::heldSessions).sum();
    }

    @Override
    public long heldKeys() {
        return verticles.stream().mapToLong(StoreVerticle::heldKeys).sum();
    }

    @Override
    public WorkerQueue workers() {
        return workers;
    }

    @Override
    public MemoryBudget memory() {
        return memory;
    }

    @Override
    public boolean enoughMembers() {
        return true;
    }

    @Override
    public String trouble() {
        ServerJournal opened = journal;
        return opened == null ? "" : opened.trouble();
    }

    @Override
    public Optional<String> nodeName() {
        return Optional.empty();
    }

    @Override
    public List<ManagementPage> managementPages() {
        return List.of();
    }

    @Override
    public void close() {
        RevisionCeiling bound = ceiling;
        if (bound != null) {
            bound.close();
        }
        ServerJournal opened = journal;
        if (opened != null) {
            opened.close();
        }
    }

    /** Does nothing: there is no cluster to leave. */
    @Override
    public void leave() {}
}
