package dev.tessera.impl.journal;

import java.io.IOException;

/**
 * Payloads that a store appends together: the changes of one batch of commands (see {@link PayloadChunk}), or snapshots
 * of sessions. The journal's writer encodes snapshots when it writes them. The content must not change after the
 * append.
 */
public interface Chunk {

    /**
     * Passes the payloads to the sink in order. The next start replays each of them completely or not at all. A large
     * snapshot is passed as several payloads of bounded size. Thread: the journal's writer, once.
     */
    void writeTo(PayloadSink sink) throws IOException;

    /** Returns how much memory the waiting chunk holds, in bytes; an estimate. */
    long bytes();

    /**
     * Returns the bytes that {@link JournalLog#reserve} reserved for this chunk in total. The journal releases them
     * after it has written the chunk.
     */
    long reserved();

    /** Returns whether the chunk is a part of a full snapshot (see {@link JournalListener#snapshotWanted}). */
    boolean isSnapshot();
}
