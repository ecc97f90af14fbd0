package dev.tessera.impl.store;

import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import java.util.function.Consumer;

/** The partitions of one store on its own heap. Thread: the store's. */
final class OwnedPartitions implements Partitions {

    private final StoreMap stores;
    private final int store;
    private final ChangeListener changes;
    /** By the number of the partition; null where another store owns it. */
    private final Partition[] partitions;

    private int sweepNext;
    /** Of the token that was asked for last, as requests on one session come together; null at first. */
    private Partition lastPartition;

    private long lastToken;

    OwnedPartitions(StoreMap stores, int store, ChangeListener changes) {
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
    public Partition at(int number) {
        return partitions[number];
    }

    /** How many partitions there are, those of other stores included. */
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

    /** Throws where a partition contradicts itself; for tests. */
    void checkInvariants() {
        forEach(Partition::checkInvariants);
    }

    /**
     * Reclaims sessions that are over, going on with the partition at which the last sweep stopped.
     *
     * @param most how many sessions are looked at
     * @return whether more may be over
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
