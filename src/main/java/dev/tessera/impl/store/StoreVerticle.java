package dev.tessera.impl.store;

import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Partitions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;

/**
 * Owns every n-th partition and executes the batches that come for them, one after the other on its event loop: so a
 * session has one thread, and a command needs no lock.
 */
public final class StoreVerticle extends VerticleBase {

    /** How many sessions a sweep looks at before other work gets its turn. */
    private static final int SWEEP_MAX = 1000;

    private final int store;
    private final Clock clock;
    private final StoreOptions options;
    private final OwnedPartitions partitions;
    /** Null where there is no journal. */
    private final StoreJournal journal;

    private DeferredTasks deferredTasks;
    private BatchExecutor executor;
    private BatchBus bus;
    private boolean sweeping;
    private volatile long heldSessions;
    private volatile long heldKeys;

    /** A store without a journal, that is not yet deployed; parameters as of the other constructor. */
    public StoreVerticle(StoreMap stores, int store, Clock clock, StoreOptions options, ChangeListener changes) {
        this(stores, store, clock, options, changes, null);
    }

    /**
     * A store that is not yet deployed.
     *
     * @param store its number among the stores
     * @param clock wall clock; the tests move it
     * @param changes hears of every change; null where nobody does
     * @param journals connects it with the journal, which is to be open when the store is deployed; null where there is
     *     none
     */
    public StoreVerticle(
            StoreMap stores,
            int store,
            Clock clock,
            StoreOptions options,
            ChangeListener changes,
            JournalLink journals) {
        this.store = store;
        this.clock = clock;
        this.options = options;
        this.journal = journals == null ? null : journals.store(store);
        this.partitions = new OwnedPartitions(
                stores, store, journal == null ? changes : ChangeListener.both(journal.writer(), changes));
    }

    @Override
    public Future<?> start() {
        bus = new BatchBus(vertx.eventBus());
        WorkerExecutor searchers = vertx.createSharedWorkerExecutor("tessera-search", options.searchThreads());
        deferredTasks = new DeferredTasks(searchers, options.searchesWaitingMax(), options.replyBytesMax());
        ReplyGate gate = journal == null ? new OpenGate(bus) : journal.start(vertx, context, partitions, bus);
        executor = new BatchExecutor(
                partitions,
                options.replyBytesMax(),
                deferredTasks,
                gate,
                rest -> context.runOnContext(turn -> rest.accept(clock.millis())));
        vertx.setPeriodic(options.sweepIntervalMs(), timer -> sweep());
        countHeld();
        return bus.<CommandBatch>receive(StoreMap.address(store), this::onBatch);
    }

    @Override
    public Future<?> stop() {
        if (journal != null) {
            journal.stop();
        }
        return Future.succeededFuture();
    }

    /** The partitions of this store, into which what was kept is put back before the store is deployed. */
    public Partitions partitions() {
        return partitions;
    }

    /** How many sessions the last sweep has left. May be called from any thread. */
    public long heldSessions() {
        return heldSessions;
    }

    /** How many keys the last sweep has left. May be called from any thread. */
    public long heldKeys() {
        return heldKeys;
    }

    /**
     * Throws where what is stored contradicts itself, or a search is still owed while nobody waits for anything. Visits
     * every key; for tests. To be called on the event loop of this store.
     */
    public void checkAtRest() {
        partitions.checkInvariants();
        if (journal != null && !journal.isAtRest()) {
            throw new IllegalStateException("store " + store + " holds replies back");
        }
        if (!executor.isAtRest()) {
            throw new IllegalStateException("batches wait in store " + store);
        }
        if (deferredTasks.waiting() != 0) {
            throw new IllegalStateException(deferredTasks.waiting() + " searches are not answered by store " + store);
        }
    }

    private void onBatch(CommandBatch batch) {
        executor.execute(batch, clock.millis());
    }

    private void countHeld() {
        long[] held = new long[2];
        partitions.forEach(partition -> {
            held[0] += partition.heldSessions();
            held[1] += partition.heldKeys();
        });
        heldSessions = held[0];
        heldKeys = held[1];
    }

    /** Begins a sweep, unless one is going on from turn to turn: two would take twice as much of each turn. */
    private void sweep() {
        if (!sweeping) {
            sweepOn();
        }
    }

    private void sweepOn() {
        sweeping = partitions.sweep(clock.millis(), SWEEP_MAX);
        if (journal != null) {
            journal.swept();
        }
        if (sweeping) {
            context.runOnContext(again -> sweepOn());
        } else {
            countHeld();
        }
    }
}
