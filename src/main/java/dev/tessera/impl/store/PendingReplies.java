package dev.tessera.impl.store;

import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.protocol.Status;
import java.util.ArrayDeque;
import java.util.Queue;

/** The replies and events that wait until the changes before them are durable. Thread: the store's. */
final class PendingReplies {

    private static final Fault OUTCOME_UNKNOWN = new Fault(
            Status.OUTCOME_UNKNOWN,
            "the journal could not be written; what was waiting for it may or may not have been applied, and "
                    + "may be lost at the next start");

    /**
     * One waiting action.
     *
     * @param position the journal position that must be durable
     * @param onDurable runs after the position is durable
     * @param onFailure runs instead if the journal could not write the position
     */
    private record Pending(long position, Runnable onDurable, Runnable onFailure) {}

    private final BatchBus bus;
    /** Positions never decrease from head to tail. */
    private final Queue<Pending> pending = new ArrayDeque<>();

    PendingReplies(BatchBus bus) {
        this.bus = bus;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Sends replies now. */
    void send(CommandBatch batch, ReplyBatch replies) {
        bus.reply(batch, replies);
    }

    /** Sends replies after the position is durable. If the journal fails, sends faults with an unknown outcome. */
    void hold(long position, CommandBatch batch, ReplyBatch replies) {
        int bytes = replies.bytes().length;
        batch.backlog().add(bytes);
        pending.add(new Pending(
                position,
                () -> reply(batch, replies, bytes),
                () -> reply(batch, outcomeUnknown(batch, replies), bytes)));
    }

    /** Sends replies that have counted while they waited. */
    private void reply(CommandBatch batch, ReplyBatch replies, int heldBytes) {
        batch.backlog().remove(heldBytes);
        bus.reply(batch, replies);
    }

    /** Runs an action after the journal has written the position, or failed to. */
    void hold(long position, Runnable action) {
        pending.add(new Pending(position, action, action));
    }

    /** Releases everything that waits for this position or an earlier one. */
    void settle(long position, boolean durable) {
        for (Pending next = pending.peek(); next != null && next.position <= position; next = pending.peek()) {
            pending.remove();
            (durable ? next.onDurable : next.onFailure).run();
        }
    }

    private static ReplyBatch outcomeUnknown(CommandBatch batch, ReplyBatch replies) {
        return ReplyBatch.faults(batch, replies.first(), replies.first() + replies.size(), OUTCOME_UNKNOWN);
    }
}
