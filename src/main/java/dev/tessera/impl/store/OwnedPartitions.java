package dev.tessera.impl.store;

import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Eviction;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The partitions of one store. Thread: the store's. */
final class OwnedPartitions implements Partitions {

    private final StoreMap stores;
    private final int store;
    private final @Nullable ChangeListener changes;
    /** By number; null if another store owns the partition. */
    private final @Nullable Partition[] partitions;

    private final MemoryBudget memory;
    /** Null if no session ends to make room. */
    private @Nullable Eviction eviction;
    /** Returns whether the journal has space for one more end of a session. */
    private BooleanSupplier admitsEnd = () -> true;

    private List<Partition> evictable = List.of();
    private int sweepNext;
    /** The partition of the last token, because requests on one session often come together. Null at first. */
    private @Nullable Partition lastPartition;

    private long lastToken;

    /** Creates the partitions of a store without limits. */
    OwnedPartitions(StoreMap stores, int store, @Nullable ChangeListener changes) {
        this(
                stores,
                store,
                changes,
                new MemoryBudget(DataLimits.NONE, stores.partitionCount()),
                () -> Long.MAX_VALUE,
                KeyOrder.random());
    }

    /**
     * Creates the partitions of a store.
     *
     * @param memory counts their memory
     * @param ceiling returns the bound of revisions; see {@link dev.tessera.impl.session.RevisionClock}
     * @param order the order of keys in lists
     */
    OwnedPartitions(
            StoreMap stores,
            int store,
            @Nullable ChangeListener changes,
            MemoryBudget memory,
            LongSupplier ceiling,
            KeyOrder order) {
        this.stores = stores;
        this.store = store;
        this.changes = changes;
        this.memory = memory;
        this.partitions = new Partition[stores.partitionCount()];
        for (int i = 0; i < partitions.length; i++) {
            if (stores.storeOfPartition(i) == store) {
                partitions[i] = new Partition(changes, new MemoryAccount(memory), ceiling, order);
            }
        }
    }

    @Override
    public boolean owns(long token) {
        return stores.storeOf(token) == store;
    }

    @Override
    public Partition of(long token) {
        if (token != lastToken || lastPartition == null) {
            lastPartition = partitions[stores.partitionOf(token)];
            lastToken = token;
        }
        return lastPartition;
    }

    @Override
    public @Nullable Partition at(int number) {
        return partitions[number];
    }

    /** Returns the number of all partitions, including those of other stores. */
    int count() {
        return partitions.length;
    }

    /**
     * Lets sessions end to make room.
     *
     * @param admits returns whether the journal has space for one more end of a session
     */
    void evictWith(Eviction chosen, BooleanSupplier admits) {
        eviction = chosen;
        admitsEnd = admits;
        evictable = Arrays.stream(partitions).filter(Objects::nonNull).toList();
    }

    @Override
    public boolean makeRoom(MemoryAccount account, long bytes, int sessions, @Nullable Session except, long nowMs) {
        return eviction != null
                && !evictable.isEmpty()
                && eviction.makeRoom(evictable, account, bytes, sessions, except, nowMs, admitsEnd);
    }

    /** Ends some sessions if the memory for the next writes is short, and the policy allows that. */
    void restoreMargin(long nowMs) {
        if (eviction != null && !evictable.isEmpty()) {
            eviction.restoreMargin(evictable, memory, nowMs);
        }
    }

    @Override
    public void globalKeysUsed() {
        if (changes != null) {
            changes.changed(ChangeKind.APPLIED, null, null, 0);
        }
    }

    @Override
    public void forEach(Consumer<Partition> consumer) {
        for (Partition partition : partitions) {
            if (partition != null) {
                consumer.accept(partition);
            }
        }
    }

    /** Throws if a partition is inconsistent; for tests. */
    void checkInvariants() {
        forEach(Partition::checkInvariants);
    }

    /**
     * Reclaims expired sessions, beginning with the partition at which the last sweep stopped.
     *
     * @param most the number of sessions that the sweep examines at most
     * @return whether there may be more expired sessions
     */
    boolean sweep(long nowMs, int most) {
        int left = most;
        for (int visited = 0; visited < partitions.length; visited++) {
            Partition partition = partitions[sweepNext];
            if (partition != null) {
                left -= partition.sweep(nowMs, left);
                if (left == 0) {
                    return true;
                }
            }
            sweepNext = (sweepNext + 1) % partitions.length;
        }
        return false;
    }
}
