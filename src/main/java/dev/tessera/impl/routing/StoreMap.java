package dev.tessera.impl.routing;

import dev.tessera.impl.command.PartitionMap;
import dev.tessera.impl.session.HashFinalizer;

/**
 * The map from tokens to partitions, and from partitions to stores.
 *
 * @param partitionCount the number of partitions
 * @param storeCount the number of stores that share the partitions
 */
public record StoreMap(int partitionCount, int storeCount) implements PartitionMap {

    @Override
    public int partitionOf(long token) {
        return HashFinalizer.partition(token, partitionCount);
    }

    /** Returns the store that owns the partition of a token. */
    public int storeOf(long token) {
        return storeCount == 1 ? 0 : storeOfPartition(partitionOf(token));
    }

    /** Returns the store that owns a partition. */
    public int storeOfPartition(int partition) {
        return partition % storeCount;
    }

    /** Returns the event-bus address of a store. */
    public static String address(int store) {
        return "tessera.store." + store;
    }
}
