package dev.tessera.impl.journal;

/**
 * A listener to the fate of chunks, and to requests for snapshots. Thread: the journal's writer; it must not block or
 * throw.
 */
public interface JournalListener {

    /** Reports that all chunks up to this position are on disk, except those that were reported as failed. */
    void durable(long position);

    /** Reports that all chunks up to this position that were not reported as durable may be on disk or not. */
    void failed(long position);

    /**
     * Requests a snapshot of all sessions. Every store appends a snapshot of each of its sessions among its other
     * chunks; {@link Chunk#isSnapshot} is true for these chunks. After all stores have done so,
     * {@link JournalLog#snapshotComplete} must be called with this number. A new number cancels a snapshot that is in
     * progress under an older one.
     *
     * <p>The next start may find only what was appended after this call. So a change to a session may precede its
     * snapshot. If the replay finds no session for a change, it must ignore the change: the snapshot contains it.
     */
    void snapshotWanted(long snapshot);

    /** Reports that {@link JournalLog#health} has changed. */
    void healthChanged();
}
