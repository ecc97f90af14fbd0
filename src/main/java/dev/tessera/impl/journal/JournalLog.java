package dev.tessera.impl.journal;

import dev.tessera.impl.journal.format.JournalFrame;

/**
 * A log to which stores append their changes. Thread-safe; no method blocks.
 *
 * <p>A store reserves space before it executes a command, appends the changes afterwards, and holds the replies until
 * {@link JournalListener#durable} reports the position of the append:
 *
 * <pre>
 *   reserve(cost(bytes)) -> execute -> append(chunk) -> position ... durable(position) -> replies leave
 *                                                            or ... failed(position)  -> 201 OutcomeUnknown
 * </pre>
 *
 * <p>Positions count the chunks of all stores, beginning with 1; they end with the process. The journal settles chunks,
 * as durable or failed, in the order of their positions.
 */
public interface JournalLog {

    /** The purpose of a reservation. When space runs short, changes that free space are still accepted. */
    enum Purpose {
        /** A change that may need space. */
        CHANGE,
        /** A part of a snapshot. A complete snapshot allows older segments to be deleted. */
        SNAPSHOT,
        /** A change that removes keys or sessions, so that the next snapshot is smaller. */
        RECLAIM
    }

    /** The answer to a request for space. */
    enum Reservation {
        /** The space is reserved. */
        ACCEPTED,
        /** The disk is full: the reserved space is used up and cannot be renewed (205 StorageFull). */
        STORAGE_FULL,
        /** The reserved space is used up at the moment, because changes come faster than the disk (200 Unavailable). */
        EXHAUSTED,
        /** A write or fsync failed, and the journal is not yet rewritten into new files (200 Unavailable). */
        UNAVAILABLE
    }

    /** Returns the space on disk that a payload needs at most, including its frames. */
    static long cost(long payloadBytes) {
        return JournalFrame.costMax(payloadBytes);
    }

    /**
     * Reserves space for records that {@linkplain #cost cost} at most {@code costMax} together. An accepted reservation
     * returns with the chunk that carries the records (see {@link Chunk#reserved}), or by {@link #release} if there is
     * nothing to append. If the request exceeds the whole pool, the pool grows, so that a later request succeeds.
     */
    Reservation reserve(long costMax, Purpose purpose);

    /** Returns an unused reservation. */
    void release(long reserved);

    /**
     * Appends a chunk and returns its position. A chunk without a reservation is accepted too; it should be small and
     * rare.
     */
    long append(Chunk chunk);

    /**
     * Returns whether stores should hold replies even under {@link JournalOptions.Policy#EVERYSEC}, to slow down
     * clients: too many bytes wait, or the disk has not confirmed for too long. A call of
     * {@link JournalListener#durable} ends this condition. Cheap.
     */
    boolean isLagging();

    /** Returns the bytes that wait for the writer. */
    long queuedBytes();

    /**
     * Reports that every store has appended its part of the snapshot that {@link JournalListener#snapshotWanted}
     * requested under this number. An old number is ignored.
     */
    void snapshotComplete(long snapshot);

    /** Returns the state of the journal for health checks and logs. Changes nothing. */
    JournalHealth health();
}
