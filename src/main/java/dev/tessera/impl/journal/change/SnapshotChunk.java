package dev.tessera.impl.journal.change;

import dev.tessera.impl.journal.Chunk;
import dev.tessera.impl.journal.PayloadSink;
import java.io.IOException;
import java.util.List;

/**
 * Snapshots of sessions, taken after all earlier appends of their store: a part of a full snapshot, or adopted
 * sessions. The journal's writer encodes them when it writes them.
 */
public final class SnapshotChunk implements Chunk {

    private final List<SessionSnapshot> sessions;
    private final long bytes;
    private final long reserved;
    private final boolean isSnapshot;

    private SnapshotChunk(List<SessionSnapshot> sessions, long reserved, boolean isSnapshot) {
        this.sessions = List.copyOf(sessions);
        this.bytes = sessions.stream().mapToLong(SessionSnapshot::bytes).sum();
        this.reserved = reserved;
        this.isSnapshot = isSnapshot;
    }

    /** Creates a part of a full snapshot. The caller must still reserve the bytes that {@link #reserved} returns. */
    public static SnapshotChunk ofSnapshot(List<SessionSnapshot> sessions) {
        return new SnapshotChunk(
                sessions, sessions.stream().mapToLong(SessionSnapshot::costMax).sum(), true);
    }

    /** Creates a chunk of adopted sessions, for which this many bytes are reserved. */
    static SnapshotChunk ofAdopted(List<SessionSnapshot> sessions, long reserved) {
        return new SnapshotChunk(sessions, reserved, false);
    }

    @Override
    public void writeTo(PayloadSink sink) throws IOException {
        for (SessionSnapshot session : sessions) {
            session.writeTo(sink);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long reserved() {
        return reserved;
    }

    @Override
    public boolean isSnapshot() {
        return isSnapshot;
    }
}
