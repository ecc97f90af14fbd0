package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import dev.tessera.impl.session.KeyOrder;
import java.io.IOException;
import java.util.Map;

/**
 * The value of a partition in the map. It changes in place; Hazelcast writes it only to move or copy it to another
 * node.
 */
public final class PartitionEntry implements IdentifiedDataSerializable, HazelcastInstanceAware {

    private int number;
    private final ReplicatedPartition partition;

    /** Creates a value for {@link #readData}. */
    PartitionEntry(KeyOrder order) {
        this(-1, new ReplicatedPartition(order));
    }

    PartitionEntry(int number, ReplicatedPartition partition) {
        this.number = number;
        this.partition = partition;
    }

    /** Returns the partition of an entry on a node, and creates it if it is missing. Thread: the partition's. */
    static ReplicatedPartition of(Map.Entry<Integer, PartitionEntry> entry, ClusterPartitions node) {
        PartitionEntry value = entry.getValue();
        if (value == null) {
            value = new PartitionEntry(node.number(entry.getKey()), new ReplicatedPartition(node.keyOrder()));
            entry.setValue(value);
        }
        node.holds(value.number, value.partition);
        return value.partition;
    }

    int number() {
        return number;
    }

    ReplicatedPartition partition() {
        return partition;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        ClusterPartitions node = ClusterPartitions.on(hazelcast);
        partition.arrive(node.host());
        node.holds(number, partition);
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(number);
        partition.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        number = in.readInt();
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
