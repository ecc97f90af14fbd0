package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import java.io.IOException;
import java.util.Map;

/**
 * The execution of a batch on the owner of its partition. Afterwards Hazelcast asks for the backup processor, and
 * acknowledges the batch when all copies have run it. A batch that changed nothing has none. On the dispatcher's own
 * node Hazelcast does not serialize the batch.
 */
final class BatchProcessor extends PartitionProcessor<byte[]> {

    private static final long serialVersionUID = 1L;

    private transient PartitionBatch batch;

    /** Creates a processor for {@link #readData}, which sets the batch. */
    @SuppressWarnings("NullAway.Init")
    BatchProcessor() {
        super(PartitionSerializers.BATCH);
    }

    BatchProcessor(PartitionBatch batch) {
        super(PartitionSerializers.BATCH);
        this.batch = batch;
    }

    @Override
    public byte[] process(Map.Entry<Integer, PartitionEntry> entry) {
        ClusterPartitions node = node();
        ReplicatedPartition partition = PartitionEntry.of(entry, node);
        ReplicatedPartition.Executed executed = partition.execute(batch, node.runner());
        setCopyChange(executed.change());
        node.worked(batch.partition(), partition);
        return executed.result();
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        batch.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        batch = PartitionBatch.read(in);
    }
}
