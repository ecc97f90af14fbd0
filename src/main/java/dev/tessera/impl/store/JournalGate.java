package dev.tessera.impl.store;

import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.journal.JournalLog;
import dev.tessera.impl.journal.Purpose;
import dev.tessera.impl.journal.Reservation;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.journal.change.SnapshotChunk;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a command change something only if the journal has room for it, appends what it changed, and sends its reply
 * when that is on disk, or at once where the policy says so and the journal keeps up. Thread: the store's.
 */
final class JournalGate implements ReplyGate {

    private static final Fault STORAGE_FULL =
            new Fault(Status.STORAGE_FULL, "the disk of the journal is full; nothing was changed");
    private static final Fault BEHIND = new Fault(
            Status.UNAVAILABLE, "more is written than the journal's disk takes; nothing was changed, try again");
    private static final Fault UNAVAILABLE = new Fault(
            Status.UNAVAILABLE, "the journal cannot be written at the moment; nothing was changed, try again");

    private final JournalLog log;
    private final boolean alwaysHolds;
    private final ChangeWriter writer;
    private final Partitions partitions;
    private final PendingReplies held;
    /** What was admitted and is not handed back with a chunk. */
    private long admitted;
    /** The last chunk with changes; what only moves ends of sessions is not waited for. */
    private long appended;
    /** What is to be done when that which was changed since the last chunk is on disk. */
    private final List<Runnable> followUps = new ArrayList<>();

    private long settled;

    JournalGate(JournalLog log, boolean alwaysHolds, ChangeWriter writer, Partitions partitions, PendingReplies held) {
        this.log = log;
        this.alwaysHolds = alwaysHolds;
        this.writer = writer;
        this.partitions = partitions;
        this.held = held;
    }

    @Override
    public Fault refusal(Request request) {
        long bytes = request.command().changeBytesMax(request, partitions);
        if (bytes == 0) {
            return null;
        }
        long cost = JournalLog.cost(bytes);
        return switch (log.admit(cost, request.command().effect() == Effect.REMOVE ? Purpose.RELIEF : Purpose.CHANGE)) {
            case ACCEPTED -> {
                admitted += cost;
                yield null;
            }
            case STORAGE_FULL -> STORAGE_FULL;
            case BEHIND -> BEHIND;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    @Override
    public void executed() {
        writer.commandEnd();
        if (writer.hasAdopted()) {
            append();
        }
    }

    @Override
    public void reply(CommandBatch batch, ReplyBatch replies) {
        append();
        if (appended > settled && (alwaysHolds || log.isLagging())) {
            held.hold(appended, batch, replies);
        } else {
            held.send(batch, replies);
        }
    }

    /** What was changed before goes with the next chunk. */
    @Override
    public void replyNow(CommandBatch batch, ReplyBatch replies) {
        held.send(batch, replies);
    }

    /**
     * Does something once what was changed so far is on disk, or at once where replies are not held for that either.
     */
    void afterwards(Runnable action) {
        if (alwaysHolds) {
            followUps.add(action);
        } else {
            action.run();
        }
    }

    /** Hands over all that was changed. */
    void append() {
        long before = appended;
        if (writer.size() > 0) {
            appended = log.append(writer.take(writer.hasAdopted() ? 0 : admitted));
        }
        if (writer.hasAdopted()) {
            appended = log.append(writer.takeAdopted(admitted));
        }
        if (appended > before) {
            followUps.forEach(action -> held.hold(appended, action));
            followUps.clear();
        } else if (admitted > 0) {
            log.release(admitted);
        }
        admitted = 0;
    }

    /** Hands over what was changed by no command, unless there is no room for it now. */
    void appendUnasked() {
        long cost = JournalLog.cost(writer.size());
        if (writer.size() > 0 && admits(cost, Purpose.RELIEF)) {
            append();
        }
    }

    /** Hands over the ends of all sessions that were used, unless there is no room for them now. */
    void appendTouched() {
        long bytes = writer.touchedBytes();
        if (bytes > 0) {
            append();
            // They may be several payloads.
            if (admits(JournalLog.cost(bytes + bytes / Long.BYTES), Purpose.CHANGE)) {
                writer.writeTouched();
                log.append(writer.take(admitted));
                admitted = 0;
            }
        }
    }

    /** Appends images of sessions as they are now, unless there is no room for them: then false. */
    boolean appendImage(SnapshotChunk images) {
        if (log.admit(images.admitted(), Purpose.IMAGE) != Reservation.ACCEPTED) {
            return false;
        }
        append();
        log.append(images);
        return true;
    }

    private boolean admits(long cost, Purpose purpose) {
        boolean accepted = log.admit(cost, purpose) == Reservation.ACCEPTED;
        if (accepted) {
            admitted += cost;
        }
        return accepted;
    }

    /**
     * Is told that chunks up to this position are on disk or, where they are not {@code durable} and were not told to
     * be, may be lost.
     */
    void settle(long position, boolean durable) {
        settled = position;
        held.settle(position, durable);
    }

    boolean isAtRest() {
        return held.isEmpty() && admitted == 0;
    }
}
