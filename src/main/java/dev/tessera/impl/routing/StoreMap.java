package dev.tessera.impl.routing;

import dev.tessera.impl.session.HashFinalizer;

/**
 * Which store owns a token: token to partition, partition to store.
 *
 * @param partitionCount how many partitions there are
 * @param storeCount how many stores share them
 */
public record StoreMap(int partitionCount, int storeCount) {

    /** The partition of a token. */
    public int partitionOf(long token) {
        return HashFinalizer.partition(token, partitionCount);
    }

    /** The store that owns the partition of a token. */
    public int storeOf(long token) {
        return storeCount == 1 ? 0 : storeOfPartition(partitionOf(token));
    }

    /** The store that owns a partition. */
    public int storeOfPartition(int partition) {
        return partition % storeCount;
    }

    /** The event-bus address of a store. */
    public static String address(int store) {
        return "tessera.store." + store;
    }
}
