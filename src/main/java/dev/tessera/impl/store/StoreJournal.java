package dev.tessera.impl.store;

import dev.tessera.impl.journal.BufferPool;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.routing.BatchBus;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One store's end of the {@link JournalLink}. What the journal tells on its own thread is done on the store's event
 * loop, in order. Thread: the store's, where nothing else is said.
 */
final class StoreJournal {

    /**
     * How often the ends of sessions that were only read are written: often enough that with the fsync of a policy it
     * is about a second.
     */
    private static final int TOUCH_INTERVAL_MS = 250;

    private final JournalLink link;
    private final ChangeWriter writer = new ChangeWriter(new BufferPool());
    private final CompletionQueue settlements = new CompletionQueue();
    private Vertx vertx;
    private JournalGate gate;
    private StoreSnapshot imaging;
    private volatile Context context;
    private volatile long imageWanted;

    StoreJournal(JournalLink link) {
        this.link = link;
    }

    /** What is to hear of every change of the store's partitions. */
    ChangeWriter writer() {
        return writer;
    }

    /** Begins to write; the caller is on the store's event loop. */
    ReplyGate start(Vertx vertx, Context context, OwnedPartitions partitions, BatchBus bus) {
        this.vertx = vertx;
        gate = new JournalGate(link.log(), link.holdsReplies(), writer, partitions, new PendingReplies(bus));
        imaging = new StoreSnapshot(vertx, link, gate, partitions);
        vertx.setPeriodic(TOUCH_INTERVAL_MS, timer -> gate.appendTouched());
        this.context = context;
        if (imageWanted != 0) {
            imaging.begin(imageWanted);
        }
        return gate;
    }

    /**
     * Does something once what was changed so far is on disk, or at once where replies are not held for that either.
     */
    void afterwards(Runnable action) {
        gate.afterwards(action);
    }

    /** Is told that no command was at work, though sessions may have ended. */
    void swept() {
        gate.appendUnasked();
    }

    /** Hands over all that is not written. */
    void stop() {
        imaging.stop();
        gate.appendTouched();
        gate.append();
    }

    boolean isAtRest() {
        return gate.isAtRest();
    }

    /** Is told what became of chunks. Thread: the journal's. */
    void settle(long position, boolean durable) {
        if (settlements.add(position, durable) && context != null) {
            context.runOnContext(called -> settle());
        }
    }

    private void settle() {
        for (CompletionQueue.DurabilityCallback next = settlements.take(); next != null; next = settlements.take()) {
            gate.settle(next.position(), next.durable());
        }
    }

    /** Is told that an image is wanted. Thread: the journal's. */
    void wantImage(long image) {
        imageWanted = image;
        if (context != null) {
            context.runOnContext(called -> imaging.begin(image));
        }
    }
}
