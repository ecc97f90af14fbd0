package dev.tessera.impl.store;

import dev.tessera.impl.journal.JournalListener;
import dev.tessera.impl.journal.JournalLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects the stores of a server with its journal: carries what the journal tells to each of them, and tells the
 * journal when all of them have written their images. Thread-safe.
 */
public final class JournalLink implements JournalListener {

    private final boolean holdsReplies;
    private final List<StoreJournal> stores = new ArrayList<>();
    private volatile JournalLog log;
    private long image;
    private int imagesMissing;

    /**
     * A link between some stores and a journal that is still to be opened.
     *
     * @param holdsReplies whether replies always wait until what they rest on is on disk, and not only where the
     *     journal lags
     */
    public JournalLink(int storeCount, boolean holdsReplies) {
        this.holdsReplies = holdsReplies;
        for (int i = 0; i < storeCount; i++) {
            stores.add(new StoreJournal(this));
        }
    }

    /** Names the journal; to be called before any store is deployed. */
    public void open(JournalLog opened) {
        log = opened;
    }

    /**
     * Does something once all that a store has changed so far is on disk, or at once where replies do not wait for that
     * either; on the event loop of the store, which calls this from there.
     */
    public void afterwards(int number, Runnable action) {
        stores.get(number).afterwards(action);
    }

    StoreJournal store(int number) {
        return stores.get(number);
    }

    JournalLog log() {
        return log;
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
    public void imageWanted(long wanted) {
        synchronized (this) {
            image = wanted;
            imagesMissing = stores.size();
        }
        stores.forEach(store -> store.wantImage(wanted));
    }

    /** To be called by each store when it has appended an image of all that it holds. */
    void imaged(long written) {
        synchronized (this) {
            if (written != image || --imagesMissing > 0) {
                return;
            }
        }
        log.imageComplete(written);
    }

    @Override
    public void healthChanged() {
        // Whoever wants to know asks the journal, which has logged it.
    }
}
