package dev.tessera.impl.store;

import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.protocol.Status;
import java.util.ArrayDeque;
import java.util.Queue;

/** What waits for the changes that it rests on to be on disk: replies, and events. Thread: the store's. */
final class PendingReplies {

    private static final Fault LOST = new Fault(
            Status.OUTCOME_UNKNOWN,
            "the journal could not be written; what was waiting for it may or may not have been applied, and may be lost at the next start");

    /** What may leave when the journal is on disk up to a position, and what leaves instead if it never will be. */
    private record Held(long position, Runnable released, Runnable failed) {}

    private final BatchBus bus;
    /** Positions never go down from one to the next. */
    private final Queue<Held> held = new ArrayDeque<>();

    PendingReplies(BatchBus bus) {
        this.bus = bus;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Sends replies now. */
    void send(CommandBatch batch, ReplyBatch replies) {
        bus.reply(batch, replies);
    }

    /** Sends replies when the position is on disk; if it is not going to be, replies that their outcome is unknown. */
    void hold(long position, CommandBatch batch, ReplyBatch replies) {
        held.add(new Held(
                position,
                () -> bus.reply(batch, replies),
                () -> bus.reply(
                        batch, ReplyBatch.faults(batch, replies.first(), replies.first() + replies.size(), LOST))));
    }

    /** Does something when it is settled whether the position is on disk. */
    void hold(long position, Runnable action) {
        held.add(new Held(position, action, action));
    }

    /** Lets go what waited for this position or less, in vain where it is not {@code durable}. */
    void settle(long position, boolean durable) {
        for (Held next = held.peek(); next != null && next.position <= position; next = held.peek()) {
            held.remove();
            (durable ? next.released : next.failed).run();
        }
    }
}
