package dev.tessera.impl.journal;

/**
 * Where stores append what they change. Thread-safe; nothing here blocks.
 *
 * <p>A store asks {@link #admit} before it executes a command, appends what was changed, and holds the replies until
 * {@link JournalListener#durable} has told of the position that it got:
 *
 * <pre>
 *   admit(cost(bytes)) -> execute -> append(chunk) -> position ... durable(position) -> replies leave
 *                                                          or ... failed(position)  -> 201 OutcomeUnknown
 * </pre>
 *
 * <p>Positions count chunks, from 1 on, over all stores; they end with the process. Chunks are settled, durable or
 * failed, in the order of their positions.
 */
public interface JournalLog {

    /** What a payload needs on disk at most, itself included. */
    static long cost(long payloadBytes) {
        return dev.tessera.impl.journal.format.JournalFrame.costMax(payloadBytes);
    }

    /**
     * Sets room aside for records that {@linkplain #cost cost} that much at most, together. What was accepted is given
     * back by the chunk that carries the records (see {@link Chunk#admitted}), or by {@link #release} where there is
     * nothing to append. For what is larger than all that is kept reserved, more is reserved when it is first asked
     * for, so that it is accepted later.
     */
    Reservation admit(long costMax, Purpose purpose);

    /** Gives back what was admitted and came to nothing. */
    void release(long admitted);

    /**
     * Takes a chunk and says its position. One that nothing was admitted for is taken as well; it should be small, and
     * rare.
     */
    long append(Chunk chunk);

    /**
     * Says that replies should be held even under {@link JournalPolicy#EVERYSEC}, so that clients slow down: too much
     * waits to be written, or the disk has not confirmed for too long. Ends with a call of
     * {@link JournalListener#durable}. Cheap.
     */
    boolean isLagging();

    /**
     * Says that every store has appended the images of all its sessions that {@link JournalListener#imageWanted} has
     * asked for under this number. An old number is ignored.
     */
    void imageComplete(long image);

    /** How it is doing, for health and logs. */
    JournalHealth health();
}
