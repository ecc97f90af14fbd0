package dev.tessera.impl.store;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.change.SessionSnapshot;
import dev.tessera.impl.journal.change.SnapshotChunk;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * A writer of snapshots of all sessions of a store. Each turn of the event loop appends some of them, so that commands
 * can run in between. A snapshot only copies references here; the journal's thread encodes it. Thread: the store's.
 */
final class StoreSnapshot {

    /** A turn ends after this many bytes or sessions. */
    private static final int TURN_BYTES = 1024 * 1024;

    private static final int TURN_SESSIONS = 1000;
    /** If more bytes wait for the journal, or if it has no space, the next turn comes after a pause. */
    private static final int QUEUED_BYTES_MAX = 8 * 1024 * 1024;

    private static final int PAUSE_MS = 10;

    private final Vertx vertx;
    private final JournalLink link;
    private final JournalGate gate;
    private final OwnedPartitions partitions;
    /** The number of the snapshot being written; 0 if there is none. */
    private long running;

    private int partitionNumber;
    /** The sessions of the partition at the beginning of its turn. The log contains newer sessions anyway. */
    private List<Session> sessions = List.of();

    private int nextSession;

    StoreSnapshot(Vertx vertx, JournalLink link, JournalGate gate, OwnedPartitions partitions) {
        this.vertx = vertx;
        this.link = link;
        this.gate = gate;
        this.partitions = partitions;
    }

    /** Begins a snapshot, and cancels one in progress. */
    void begin(long wanted) {
        boolean wasRunning = running != 0;
        running = wanted;
        partitionNumber = -1;
        openNext();
        if (!wasRunning) {
            turn();
        }
    }

    void stop() {
        running = 0;
    }

    private void turn() {
        if (running == 0) {
            return;
        }
        if (partitionNumber == partitions.count()) {
            long written = running;
            running = 0;
            link.snapshotWritten(written);
            return;
        }
        boolean accepted = write();
        if (accepted && link.log().queuedBytes() < QUEUED_BYTES_MAX) {
            vertx.runOnContext(next -> turn());
        } else {
            vertx.setTimer(PAUSE_MS, next -> turn());
        }
    }

    /**
     * Appends some snapshots of the partition. Returns false if there is no space; then the next turn takes new
     * snapshots of the same sessions, because they may change until then.
     */
    private boolean write() {
        Partition partition = requireNonNull(partitions.at(partitionNumber));
        List<SessionSnapshot> snapshots = new ArrayList<>();
        long bytes = 0;
        int next = nextSession;
        for (; next < sessions.size() && bytes < TURN_BYTES && snapshots.size() < TURN_SESSIONS; next++) {
            if (partition.holds(sessions.get(next))) {
                snapshots.add(SessionSnapshot.of(sessions.get(next)));
                bytes += snapshots.get(snapshots.size() - 1).bytes();
            }
        }
        boolean all = next == sessions.size();
        if (all && partition.globalKeys().heldSize() > 0) {
            snapshots.add(SessionSnapshot.ofGlobal(partition.globalKeys()));
        }
        if (!snapshots.isEmpty() && !gate.appendSnapshot(SnapshotChunk.ofSnapshot(snapshots))) {
            return false;
        }
        nextSession = next;
        if (all) {
            openNext();
        }
        return true;
    }

    /** Continues with the next partition of this store. */
    private void openNext() {
        sessions = new ArrayList<>();
        nextSession = 0;
        for (partitionNumber++; partitionNumber < partitions.count(); partitionNumber++) {
            Partition partition = partitions.at(partitionNumber);
            if (partition != null) {
                partition.forEachSession(sessions::add);
                return;
            }
        }
    }
}
