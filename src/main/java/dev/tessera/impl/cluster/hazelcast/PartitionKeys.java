package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.partition.PartitionService;

/** Integer keys, one for each Hazelcast partition: the entry of a key lies in that partition. */
final class PartitionKeys {

    private PartitionKeys() {}

    /** Returns the keys, indexed by partition. */
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
