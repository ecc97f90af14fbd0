package dev.tessera.impl.session;

import java.util.HashMap;
import java.util.Map;

/**
 * What is on its way into or out of a partition in several pieces: sessions that are put together and that nobody sees
 * yet, and images of sessions that are being read. Each is known by a number of its owner's choice. There are few at a
 * time, and what nobody has gone on with for a minute is forgotten. Thread: the owner of the partition.
 */
public final class PendingTransfers {

    /** How many there may be in one partition. */
    static final int TRANSFERS_MAX = 16;
    /** What was not used for so long was abandoned. */
    static final long ABANDONED_AFTER_MS = 60_000;

    private final Map<Long, Transfer> byId = new HashMap<>();

    private static final class Transfer {

        private final Object what;
        private long usedMs;

        private Transfer(Object what, long nowMs) {
            this.what = what;
            this.usedMs = nowMs;
        }
    }

    /** Keeps something until it is taken away or abandoned; says whether there was room for it. */
    public boolean put(long id, Object what, long nowMs) {
        forgetAbandoned(nowMs);
        if (byId.size() >= TRANSFERS_MAX) {
            return false;
        }
        byId.put(id, new Transfer(what, nowMs));
        return true;
    }

    /** What is known by this number, or null; it is in use. */
    public <T> T get(long id, Class<T> type, long nowMs) {
        T what = peek(id, type);
        if (what != null) {
            byId.get(id).usedMs = nowMs;
        }
        return what;
    }

    /** What is known by this number, or null. */
    public <T> T peek(long id, Class<T> type) {
        Transfer transfer = byId.get(id);
        return transfer != null && type.isInstance(transfer.what) ? type.cast(transfer.what) : null;
    }

    /** Forgets what is known by this number. */
    public void remove(long id) {
        byId.remove(id);
    }

    /** How many there are. */
    public int size() {
        return byId.size();
    }

    void forgetAbandoned(long nowMs) {
        if (!byId.isEmpty()) {
            byId.values().removeIf(transfer -> nowMs - transfer.usedMs > ABANDONED_AFTER_MS);
        }
    }
}
