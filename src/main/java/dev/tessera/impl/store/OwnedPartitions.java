package dev.tessera.impl.store;

import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The partitions of one store. Thread: the store's. */
final class OwnedPartitions implements Partitions {

    private final StoreMap stores;
    private final int store;
    private final @Nullable ChangeListener changes;
    /** By number; null if another store owns the partition. */
    private final @Nullable Partition[] partitions;

    private int sweepNext;
    /** The partition of the last token, because requests on one session often come together. Null at first. */
    private @Nullable Partition lastPartition;

    private long lastToken;

    OwnedPartitions(StoreMap stores, int store, @Nullable ChangeListener changes) {
        this.stores = stores;
        this.store = store;
        this.changes = changes;
        this.partitions = new Partition[stores.partitionCount()];
        for (int i = 0; i < partitions.length; i++) {
            if (stores.storeOfPartition(i) == store) {
                partitions[i] = new Partition(changes);
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

    @Override
    public void globalKeysUsed() {
        if (changes != null) {
            changes.changed(ChangeKind.APPLIED, null, null);
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
