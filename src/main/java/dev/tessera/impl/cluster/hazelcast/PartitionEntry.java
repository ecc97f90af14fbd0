package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import java.io.IOException;
import java.util.Map;

/**
 * The value of a partition in the map. It changes in place; Hazelcast writes it only to move or copy it to another
 * node.
 */
public final class PartitionEntry implements IdentifiedDataSerializable, HazelcastInstanceAware {

    private final ReplicatedPartition partition;

    PartitionEntry() {
        this(new ReplicatedPartition());
    }

    PartitionEntry(ReplicatedPartition partition) {
        this.partition = partition;
    }

    /** Returns the partition of an entry, and creates it if it is missing. Thread: the partition's. */
    static ReplicatedPartition of(Map.Entry<Integer, PartitionEntry> entry) {
        PartitionEntry value = entry.getValue();
        if (value == null) {
            value = new PartitionEntry();
            entry.setValue(value);
        }
        return value.partition;
    }

    ReplicatedPartition partition() {
        return partition;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        partition.arrive(ClusterPartitions.on(hazelcast).host());
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        partition.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        partition.read(in);
    }

    @Override
    public int getFactoryId() {
        return PartitionSerializers.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return PartitionSerializers.PARTITION;
    }
}
