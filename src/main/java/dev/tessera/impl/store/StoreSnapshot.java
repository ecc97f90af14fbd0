package dev.tessera.impl.store;

import dev.tessera.impl.journal.change.SessionSnapshot;
import dev.tessera.impl.journal.change.SnapshotChunk;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends an image of every session of a store, some in each turn of the event loop, so that commands go on. An image
 * costs the loop a copy of references; it is encoded by the journal's thread. Thread: the store's.
 */
final class StoreSnapshot {

    /** A turn takes no further session when it has this many bytes or sessions. */
    private static final int TURN_BYTES = 1024 * 1024;

    private static final int TURN_SESSIONS = 1000;
    /** With more than this waiting to be written, and where there is no room, the next turn comes later. */
    private static final int QUEUED_BYTES_MAX = 8 * 1024 * 1024;

    private static final int PAUSE_MS = 10;

    private final Vertx vertx;
    private final JournalLink link;
    private final JournalGate gate;
    private final OwnedPartitions partitions;
    /** The image that is being written; 0 while none is. */
    private long image;

    private int partitionNumber;
    /** Those that the partition had when its turn came; what was made since then is in the log anyway. */
    private List<Session> sessions = List.of();

    private int nextSession;

    StoreSnapshot(Vertx vertx, JournalLink link, JournalGate gate, OwnedPartitions partitions) {
        this.vertx = vertx;
        this.link = link;
        this.gate = gate;
        this.partitions = partitions;
    }

    /** Begins an image, and gives up the one that is under way. */
    void begin(long wanted) {
        boolean running = image != 0;
        image = wanted;
        partitionNumber = -1;
        openNext();
        if (!running) {
            turn();
        }
    }

    void stop() {
        image = 0;
    }

    private void turn() {
        if (image == 0) {
            return;
        }
        if (partitionNumber == partitions.count()) {
            long written = image;
            image = 0;
            link.imaged(written);
            return;
        }
        boolean accepted = write();
        if (accepted && link.log().health().queuedBytes() < QUEUED_BYTES_MAX) {
            vertx.runOnContext(next -> turn());
        } else {
            vertx.setTimer(PAUSE_MS, next -> turn());
        }
    }

    /**
     * Writes some images of the partition; says whether there was room. What found none is imaged anew, for it may
     * change meanwhile.
     */
    private boolean write() {
        Partition partition = partitions.at(partitionNumber);
        List<SessionSnapshot> images = new ArrayList<>();
        long bytes = 0;
        int next = nextSession;
        for (; next < sessions.size() && bytes < TURN_BYTES && images.size() < TURN_SESSIONS; next++) {
            if (partition.holds(sessions.get(next))) {
                images.add(SessionSnapshot.of(sessions.get(next)));
                bytes += images.get(images.size() - 1).bytes();
            }
        }
        boolean all = next == sessions.size();
        if (all && partition.globalKeys().size() > 0) {
            images.add(SessionSnapshot.ofGlobal(partition.globalKeys()));
        }
        if (!images.isEmpty() && !gate.appendImage(SnapshotChunk.ofImage(images))) {
            return false;
        }
        nextSession = next;
        if (all) {
            openNext();
        }
        return true;
    }

    /** Goes on to the next partition that is here. */
    private void openNext() {
        do {
            partitionNumber++;
        } while (partitionNumber < partitions.count() && partitions.at(partitionNumber) == null);
        sessions = new ArrayList<>();
        nextSession = 0;
        if (partitionNumber < partitions.count()) {
            partitions.at(partitionNumber).forEachSession(sessions::add);
        }
    }
}
