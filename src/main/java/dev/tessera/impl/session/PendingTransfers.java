package dev.tessera.impl.session;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished transfers of sessions into and out of a partition: imported sessions that are not complete, and
 * snapshots of sessions that clients export. Clients choose their ids. There are few at a time, and a transfer without
 * progress for a minute is dropped. Thread: the owner of the partition.
 */
public final class PendingTransfers {

    /** The limit of transfers in one partition. */
    static final int TRANSFERS_MAX = 16;
    /** A transfer that is not used for this time is dropped. */
    static final long ABANDONED_AFTER_MS = 60_000;

    private final Map<Long, Transfer> byId = new HashMap<>();

    private static final class Transfer {

        private final Object content;
        private long usedMs;

        private Transfer(Object content, long nowMs) {
            this.content = content;
            this.usedMs = nowMs;
        }
    }

    /** Adds a transfer. Returns false if there are too many. */
    public boolean put(long id, Object content, long nowMs) {
        dropAbandoned(nowMs);
        if (byId.size() >= TRANSFERS_MAX) {
            return false;
        }
        byId.put(id, new Transfer(content, nowMs));
        return true;
    }

    /** Returns the transfer with this id and marks it as used; or null. */
    public <T> @Nullable T get(long id, Class<T> type, long nowMs) {
        Transfer transfer = byId.get(id);
        if (transfer == null || !type.isInstance(transfer.content)) {
            return null;
        }
        transfer.usedMs = nowMs;
        return type.cast(transfer.content);
    }

    /** Returns the transfer with this id, or null. */
    public <T> @Nullable T peek(long id, Class<T> type) {
        Transfer transfer = byId.get(id);
        return transfer != null && type.isInstance(transfer.content) ? type.cast(transfer.content) : null;
    }

    /** Removes the transfer with this id. */
    public void remove(long id) {
        byId.remove(id);
    }

    /** Returns the number of transfers. */
    public int size() {
        return byId.size();
    }

    /** Drops transfers without recent progress. */
    void dropAbandoned(long nowMs) {
        if (!byId.isEmpty()) {
            byId.values().removeIf(transfer -> nowMs - transfer.usedMs > ABANDONED_AFTER_MS);
        }
    }
}
