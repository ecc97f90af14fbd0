package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import org.jspecify.annotations.Nullable;

/** The merge of a partition that both halves of a split cluster had; see {@link ReplicatedPartition#merged}. */
public final class NewestSessions
        implements SplitBrainMergePolicy<PartitionEntry, MergingValue<PartitionEntry>, Object>, HazelcastInstanceAware {

    @SuppressWarnings("NullAway.Init") // Hazelcast sets it before it merges.
    private HazelcastInstance hazelcast;

    @Override
    public Object merge(MergingValue<PartitionEntry> comes, @Nullable MergingValue<PartitionEntry> stays) {
        PartitionEntry coming = comes.getValue();
        if (stays == null || stays.getValue() == null) {
            return coming;
        }
        return new PartitionEntry(
                coming.number(),
                ReplicatedPartition.merged(
                        stays.getValue().partition(),
                        coming.partition(),
                        ClusterPartitions.on(hazelcast).host()));
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // It has no state.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // It has no state.
    }
}
