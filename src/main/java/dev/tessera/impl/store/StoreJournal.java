package dev.tessera.impl.store;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.BufferPool;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.routing.BatchBus;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * One store's end of the {@link JournalLink}. It moves the journal's events from the journal's thread to the event loop
 * of the store, in order. Thread: the store's, unless a method says otherwise.
 */
final class StoreJournal {

    /**
     * The interval at which the ends of sessions that were only read are appended. Together with the fsync of the
     * policy, an end is on disk after about a second.
     */
    private static final int TOUCH_INTERVAL_MS = 250;

    private final JournalLink link;
    private final ChangeWriter writer = new ChangeWriter(new BufferPool());
    private final CompletionQueue settlements = new CompletionQueue();
    /** These are null before {@link #start}. */
    private @Nullable JournalGate startedGate;

    private @Nullable StoreSnapshot startedSnapshot;
    private volatile @Nullable Context context;
    private volatile long snapshotWanted;

    StoreJournal(JournalLink link) {
        this.link = link;
    }

    /** Returns the listener for all changes of the store's partitions. */
    ChangeWriter writer() {
        return writer;
    }

    /** Begins to write. The caller is on the store's event loop. */
    ReplyGate start(Vertx vertx, Context context, OwnedPartitions partitions, BatchBus bus) {
        JournalGate gate =
                new JournalGate(link.log(), link.holdsReplies(), writer, partitions, new PendingReplies(bus));
        StoreSnapshot snapshot = new StoreSnapshot(vertx, link, gate, partitions);
        startedGate = gate;
        startedSnapshot = snapshot;
        vertx.setPeriodic(TOUCH_INTERVAL_MS, timer -> gate.appendTouched());
        this.context = context;
        // Other stores may have started before, so the journal may have settled their chunks. Nobody was woken for
        // that.
        settle();
        if (snapshotWanted != 0) {
            snapshot.begin(snapshotWanted);
        }
        return gate;
    }

    private JournalGate gate() {
        return requireNonNull(startedGate, "the store has not started");
    }

    private StoreSnapshot snapshot() {
        return requireNonNull(startedSnapshot, "the store has not started");
    }

    /** Runs an action when the changes so far are on disk; at once if replies do not wait for the disk either. */
    void afterwards(Runnable action) {
        gate().afterwards(action);
    }

    /** Returns whether the journal has space for the expiries of a sweep, which {@link #swept} must follow. */
    boolean admitsSweep(long bytesMax) {
        return gate().admitsSweep(bytesMax);
    }

    /** Appends the expiries of a sweep. */
    void swept() {
        gate().appendExpired();
    }

    /** Appends all changes so far, and cancels a snapshot in progress. */
    void stop() {
        snapshot().stop();
        gate().appendTouched();
        gate().append();
    }

    boolean isAtRest() {
        return gate().isAtRest();
    }

    /** Receives the fate of chunks. Thread: the journal's. */
    void settle(long position, boolean durable) {
        boolean isFirst = settlements.add(position, durable);
        // Read after the add: before the start there is no context, and the start takes all earlier reports.
        Context loop = context;
        if (isFirst && loop != null) {
            loop.runOnContext(called -> settle());
        }
    }

    private void settle() {
        for (CompletionQueue.DurabilityCallback next = settlements.take(); next != null; next = settlements.take()) {
            gate().settle(next.position(), next.durable());
        }
    }

    /** Receives the request for a snapshot. Thread: the journal's. */
    void wantSnapshot(long number) {
        snapshotWanted = number;
        Context loop = context;
        if (loop != null) {
            loop.runOnContext(called -> snapshot().begin(number));
        }
    }
}
