package dev.tessera.impl.store;

import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Eviction;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.work.WorkerQueue;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of every n-th partition. It executes their batches one after the other on its event loop: so a session has
 * one thread, and a command needs no lock.
 */
public final class StoreVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(StoreVerticle.class);

    /** A sweep visits this many sessions before it yields to other work. */
    private static final int SWEEP_MAX = 1000;

    /** The most bytes of the journal that a sweep needs, except for a name that is larger than all others together. */
    private static final long SWEEP_BYTES_MAX =
            (long) SWEEP_MAX * (2 * Partition.SWEEP_NAME_BYTES + ChangeBound.ITEM_BYTES);

    private final int store;
    private final InstantSource clock;
    private final StoreOptions options;
    private final WorkerQueue workers;
    private final OwnedPartitions partitions;
    private final MemoryBudget memory;
    /** Null if the server has no journal. */
    private final @Nullable StoreJournal journal;

    private @Nullable DeferredTasks deferredTasks;
    private @Nullable BatchExecutor executor;
    private boolean sweeping;
    private volatile long heldSessions;
    private volatile long heldKeys;

    /** Creates a store without a journal and without limits. See the other constructor. */
    public StoreVerticle(
            StoreMap stores,
            int store,
            InstantSource clock,
            StoreOptions options,
            WorkerQueue workers,
            @Nullable ChangeListener changes) {
        this(
                stores,
                store,
                clock,
                options,
                workers,
                changes,
                null,
                new MemoryBudget(DataLimits.NONE, stores.partitionCount()),
                () -> Long.MAX_VALUE,
                KeyOrder.random());
    }

    /**
     * Creates a store that is not deployed yet.
     *
     * @param store its number among the stores
     * @param clock the clock by which sessions expire
     * @param workers does the slow work of all stores
     * @param changes hears of every change; null if nobody listens
     * @param journals connects the store with the journal, which must be open before the deployment; null if the server
     *     has no journal
     * @param memory counts the stored data of all stores
     * @param ceiling returns the bound of revisions; see {@link dev.tessera.impl.session.RevisionClock}
     * @param order the order of keys in lists
     */
    public StoreVerticle(
            StoreMap stores,
            int store,
            InstantSource clock,
            StoreOptions options,
            WorkerQueue workers,
            @Nullable ChangeListener changes,
            @Nullable JournalLink journals,
            MemoryBudget memory,
            LongSupplier ceiling,
            KeyOrder order) {
        this.store = store;
        this.memory = memory;
        this.clock = clock;
        this.options = options;
        this.workers = workers;
        this.journal = journals == null ? null : journals.store(store);
        this.partitions = new OwnedPartitions(
                stores,
                store,
                journal == null ? changes : ChangeListener.both(journal.writer(), changes),
                memory,
                ceiling,
                order);
    }

    @Override
    public Future<?> start() {
        BatchBus bus = new BatchBus(vertx.eventBus());
        DeferredTasks searches = new DeferredTasks(workers, options.replyBytesMax(), this::nextTurn);
        ReplyGate gate = journal == null ? new OpenGate(bus) : journal.start(vertx, context, partitions, bus);
        BatchExecutor batches = new BatchExecutor(
                partitions, options.replyBytesMax(), searches, gate, System::nanoTime, this::nextTurn);
        if (memory.limits().evicts()) {
            partitions.evictWith(new Eviction(new SplittableRandom()), gate::admitsEnd);
        }
        deferredTasks = searches;
        executor = batches;
        vertx.setPeriodic(options.sweepIntervalMs(), timer -> sweep());
        countHeld();
        return bus.<CommandBatch>receive(StoreMap.address(store), batch -> batches.execute(batch, clock.millis()));
    }

    /**
     * Plans an action after the sockets of this event loop had their turn. Other tasks run before the sockets, even if
     * they come from a task, so that tasks which plan each other would keep the sockets waiting. Any thread may call
     * it.
     */
    private void nextTurn(LongConsumer action) {
        ContextInternal loop = (ContextInternal) context;
        try {
            ScheduledFuture<?> unused = loop.nettyEventLoop()
                    .schedule(() -> loop.emit(clock.millis(), action::accept), 0, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The event loop of store {} has stopped", store, e);
        }
    }

    @Override
    public Future<?> stop() {
        if (journal != null) {
            journal.stop();
        }
        return Future.succeededFuture();
    }

    /** Returns the partitions of this store. The server restores stored data into them before it deploys the store. */
    public Partitions partitions() {
        return partitions;
    }

    /** Returns the number of sessions after the last sweep. Any thread may call it. */
    public long heldSessions() {
        return heldSessions;
    }

    /** Returns the number of keys after the last sweep. Any thread may call it. */
    public long heldKeys() {
        return heldKeys;
    }

    /**
     * Throws if the stored data violates an invariant, or a reply is still pending; for tests, after all callers have
     * their replies. Visits every key. Thread: the event loop of this store.
     */
    public void checkAtRest() {
        partitions.checkInvariants();
        if (journal != null && !journal.isAtRest()) {
            throw new IllegalStateException("store " + store + " has pending replies");
        }
        if (executor != null && !executor.isAtRest()) {
            throw new IllegalStateException("batches wait in store " + store);
        }
        if (deferredTasks != null && deferredTasks.unanswered() != 0) {
            throw new IllegalStateException(
                    deferredTasks.unanswered() + " searches are not answered by store " + store);
        }
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

    /** Begins a sweep, unless one is running. Two sweeps would take twice as much of each turn. */
    private void sweep() {
        if (!sweeping) {
            sweepOn();
        }
    }

    private void sweepOn() {
        if (journal != null && !journal.admitsSweep(SWEEP_BYTES_MAX)) {
            // Expired keys and sessions stay hidden until the journal has space.
            sweeping = false;
            countHeld();
            return;
        }
        long nowMs = clock.millis();
        sweeping = partitions.sweep(nowMs, SWEEP_MAX);
        partitions.restoreMargin(nowMs);
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
