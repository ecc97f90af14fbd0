package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.partition.PartitionService;

/** Finds for each partition of Hazelcast an integer that falls into it: as a key, it makes an entry that lies there. */
final class PartitionKeys {

    private PartitionKeys() {}

    static int[] of(PartitionService partitions) {
        int[] keys = new int[partitions.getPartitions().size()];
        boolean[] found = new boolean[keys.length];
        for (int key = 0, left = keys.length; left > 0; key++) {
            int partition = partitions.getPartition(key).getPartitionId();
            if (!found[partition]) {
                found[partition] = true;
                keys[partition] = key;
                left--;
            }
        }
        return keys;
    }
}
