package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
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

    private final MemoryAccount memory;
    private final Map<Long, Transfer> byId = new HashMap<>();

    /** The content of a transfer. The account of the partition counts it already when it becomes a transfer. */
    public interface Content {

        /** Returns the bytes on the heap. */
        long memoryBytes();
    }

    private static final class Transfer {

        private final Content content;
        private long usedMs;

        private Transfer(Content content, long nowMs) {
            this.content = content;
            this.usedMs = nowMs;
        }
    }

    PendingTransfers(MemoryAccount memory) {
        this.memory = memory;
    }

    /** Adds a transfer, which replaces one with its id. Returns false if there are too many. */
    public boolean put(long id, Content content, long nowMs) {
        dropAbandoned(nowMs);
        if (byId.size() >= TRANSFERS_MAX) {
            return false;
        }
        drop(byId.put(id, new Transfer(content, nowMs)));
        return true;
    }

    private void drop(@Nullable Transfer transfer) {
        if (transfer != null) {
            memory.add(-transfer.content.memoryBytes());
        }
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

    /** Removes the transfer with this id, and stops counting its content. */
    public void remove(long id) {
        drop(byId.remove(id));
    }

    /** Removes the transfer with this id, whose content stays counted because the partition keeps it. */
    public void keep(long id) {
        byId.remove(id);
    }

    /** Removes all transfers. */
    void clear() {
        byId.values().forEach(this::drop);
        byId.clear();
    }

    /** Returns the bytes of all contents on the heap. */
    long memoryBytes() {
        long bytes = 0;
        for (Transfer transfer : byId.values()) {
            bytes += transfer.content.memoryBytes();
        }
        return bytes;
    }

    /** Returns the number of transfers. */
    public int size() {
        return byId.size();
    }

    /** Drops transfers without recent progress. */
    void dropAbandoned(long nowMs) {
        if (!byId.isEmpty()) {
            byId.values().removeIf(transfer -> {
                boolean abandoned = nowMs - transfer.usedMs > ABANDONED_AFTER_MS;
                if (abandoned) {
                    drop(transfer);
                }
                return abandoned;
            });
        }
    }
}
