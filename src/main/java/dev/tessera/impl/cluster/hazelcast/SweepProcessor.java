package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import java.io.IOException;
import java.util.Map;

/** A sweep of a partition on its owner: it reclaims expired sessions, and answers whether there may be more. */
final class SweepProcessor extends PartitionProcessor<Boolean> {

    private static final long serialVersionUID = 1L;

    private transient int number;

    SweepProcessor() {
        super(PartitionSerializers.SWEEP);
    }

    /** Creates a sweep of the partition of this number. */
    SweepProcessor(int number) {
        super(PartitionSerializers.SWEEP);
        this.number = number;
    }

    @Override
    public Boolean process(Map.Entry<Integer, PartitionEntry> entry) {
        if (entry.getValue() == null) {
            return false;
        }
        ClusterPartitions node = node();
        ReplicatedPartition partition = entry.getValue().partition();
        ReplicatedPartition.Swept swept = partition.sweep(node.host());
        setCopyChange(swept.change());
        node.worked(number, partition);
        node.swept(number, partition.partition());
        return swept.more();
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(number);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        number = in.readInt();
    }
}
