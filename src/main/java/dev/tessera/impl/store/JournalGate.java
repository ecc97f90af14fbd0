package dev.tessera.impl.store;

import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.journal.JournalLog;
import dev.tessera.impl.journal.JournalLog.Purpose;
import dev.tessera.impl.journal.JournalLog.Reservation;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.journal.change.SnapshotChunk;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a store with a journal. A command may change something only after the journal has reserved space. The
 * gate appends the changes, and sends the reply when they are on disk; or at once, if the policy allows that and the
 * journal does not lag. Thread: the store's.
 */
final class JournalGate implements ReplyGate {

    private static final Fault STORAGE_FULL =
            new Fault(Status.STORAGE_FULL, "the disk of the journal is full; nothing was changed");
    private static final Fault EXHAUSTED = new Fault(
            Status.UNAVAILABLE, "more is written than the journal's disk takes; nothing was changed, try again");
    private static final Fault UNAVAILABLE = new Fault(
            Status.UNAVAILABLE, "the journal cannot be written at the moment; nothing was changed, try again");

    /** Reserved space that stays with the next chunk, whether or not it is used. */
    private static final int RESERVED_SPARE_BYTES = 65_536;

    private final JournalLog log;
    private final boolean alwaysHolds;
    private final ChangeWriter writer;
    private final Partitions partitions;
    private final PendingReplies held;
    /** Reserved bytes that no chunk carries yet. */
    private long reserved;
    /** The position of the last chunk with changes. No reply waits for a chunk that only moves ends of sessions. */
    private long appended;
    /** Actions that run when the changes since the last chunk are on disk. */
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
    public @Nullable Fault refusal(Request request) {
        long bytes = request.command().changeBytesMax(request, partitions);
        if (bytes == 0) {
            return null;
        }
        long cost = JournalLog.cost(bytes);
        return switch (log.reserve(
                cost, request.command().effect(request) == Effect.REMOVE ? Purpose.RECLAIM : Purpose.CHANGE)) {
            case ACCEPTED -> {
                reserved += cost;
                yield null;
            }
            case STORAGE_FULL -> STORAGE_FULL;
            case EXHAUSTED -> EXHAUSTED;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    @Override
    public boolean admitsEnd() {
        return reserves(JournalLog.cost(ChangeBound.END_BYTES), Purpose.RECLAIM);
    }

    @Override
    public void executed() {
        writer.commandEnd();
        if (writer.hasAdopted()) {
            append();
        } else {
            returnUnused();
        }
    }

    /**
     * Returns space that commands have reserved and not used. Otherwise a batch of small changes inside values, each of
     * which may make the largest value, would use up the pool.
     */
    private void returnUnused() {
        long unused = reserved - JournalLog.cost(writer.size()) - RESERVED_SPARE_BYTES;
        if (unused > 0) {
            reserved -= unused;
            log.release(unused);
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

    /** Sends at once; earlier changes go into the next chunk. */
    @Override
    public void replyNow(CommandBatch batch, ReplyBatch replies) {
        held.send(batch, replies);
    }

    /** Runs an action when the changes so far are on disk; at once if replies do not wait for the disk either. */
    void afterwards(Runnable action) {
        if (alwaysHolds) {
            followUps.add(action);
        } else {
            action.run();
        }
    }

    /** Appends all changes. */
    void append() {
        long before = appended;
        if (writer.size() > 0) {
            appended = log.append(writer.take(writer.hasAdopted() ? 0 : reserved));
        }
        if (writer.hasAdopted()) {
            appended = log.append(writer.takeAdopted(reserved));
        }
        if (appended > before) {
            followUps.forEach(action -> held.hold(appended, action));
            followUps.clear();
        } else if (reserved > 0) {
            log.release(reserved);
        }
        reserved = 0;
    }

    /**
     * Reserves the space of a sweep. If there is none, nothing may expire now, because the changes would fill the
     * memory instead of the disk.
     */
    boolean admitsSweep(long bytesMax) {
        return reserves(JournalLog.cost(bytesMax + writer.size()), Purpose.RECLAIM);
    }

    /** Appends changes without a command, such as expiries, if there is space for them now. */
    void appendExpired() {
        long missing = JournalLog.cost(writer.size()) - reserved;
        if (writer.size() == 0 || missing <= 0 || reserves(missing, Purpose.RECLAIM)) {
            append();
        } else {
            log.release(reserved);
            reserved = 0;
        }
    }

    /** Appends the ends of all used sessions, if there is space for them now. */
    void appendTouched() {
        long bytes = writer.touchedBytes();
        if (bytes > 0) {
            append();
            // The ends may need several payloads.
            if (reserves(JournalLog.cost(bytes + bytes / Long.BYTES), Purpose.CHANGE)) {
                writer.writeTouched();
                log.append(writer.take(reserved));
                reserved = 0;
            }
        }
    }

    /**
     * Appends snapshots of sessions as they are now. Returns false, and does nothing, if there is no space for them.
     */
    boolean appendSnapshot(SnapshotChunk snapshots) {
        if (log.reserve(snapshots.reserved(), Purpose.SNAPSHOT) != Reservation.ACCEPTED) {
            return false;
        }
        append();
        log.append(snapshots);
        return true;
    }

    private boolean reserves(long cost, Purpose purpose) {
        boolean accepted = log.reserve(cost, purpose) == Reservation.ACCEPTED;
        if (accepted) {
            reserved += cost;
        }
        return accepted;
    }

    /** Settles all chunks up to this position: they are on disk, or, if not {@code durable}, may be lost. */
    void settle(long position, boolean durable) {
        settled = position;
        held.settle(position, durable);
    }

    boolean isAtRest() {
        return held.isEmpty() && reserved == 0;
    }
}
