package dev.tessera.impl.store;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.JournalListener;
import dev.tessera.impl.journal.JournalLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The link between the stores of a server and its journal. It forwards the events of the journal to each store, and
 * reports to the journal when all stores have appended their snapshots. Thread-safe.
 */
public final class JournalLink implements JournalListener {

    private final boolean holdsReplies;
    private final List<StoreJournal> stores = new ArrayList<>();
    /** Null before {@link #open}. */
    private volatile @Nullable JournalLog log;

    private long snapshot;
    private int snapshotsMissing;

    /**
     * Creates a link before the journal is open.
     *
     * @param holdsReplies whether replies always wait until their changes are on disk; otherwise they wait only while
     *     the journal lags
     */
    public JournalLink(int storeCount, boolean holdsReplies) {
        this.holdsReplies = holdsReplies;
        for (int i = 0; i < storeCount; i++) {
            stores.add(new StoreJournal(this));
        }
    }

    /** Sets the journal. Must be called before any store is deployed. */
    public void open(JournalLog opened) {
        log = opened;
    }

    /**
     * Runs an action when all changes of a store so far are on disk; at once if replies do not wait for the disk
     * either. Caller and action run on the event loop of the store.
     */
    public void afterwards(int number, Runnable action) {
        stores.get(number).afterwards(action);
    }

    StoreJournal store(int number) {
        return stores.get(number);
    }

    JournalLog log() {
        return requireNonNull(log, "the journal is not open");
    }

    boolean holdsReplies() {
        return holdsReplies;
    }

    @Override
    public void durable(long position) {
        stores.forEach(store -> store.settle(position, true));
    }

    @Override
    public void failed(long position) {
        stores.forEach(store -> store.settle(position, false));
    }

    @Override
    public void snapshotWanted(long wanted) {
        synchronized (this) {
            snapshot = wanted;
            snapshotsMissing = stores.size();
        }
        stores.forEach(store -> store.wantSnapshot(wanted));
    }

    /** Must be called by each store after it has appended a snapshot of all its sessions. */
    void snapshotWritten(long written) {
        synchronized (this) {
            if (written != snapshot || --snapshotsMissing > 0) {
                return;
            }
        }
        log().snapshotComplete(written);
    }

    @Override
    public void healthChanged() {
        // The journal has logged it, and health checks ask the journal.
    }
}
