package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.tessera.impl.cluster.partition.PartitionChange;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application of a change of the owner to a copy. It throws if the copy has missed a change, so that Hazelcast does
 * not acknowledge the batch.
 */
final class ChangeProcessor extends PartitionProcessor<byte[]> {

    private static final long serialVersionUID = 1L;

    private transient PartitionChange change;

    /** Creates a processor for {@link #readData}, which sets the change. */
    @SuppressWarnings("NullAway.Init")
    ChangeProcessor() {
        super(PartitionSerializers.CHANGE);
    }

    private ChangeProcessor(PartitionChange change) {
        super(PartitionSerializers.CHANGE);
        this.change = change;
    }

    /** Returns the processor of a change; null if there is no change. */
    static @Nullable ChangeProcessor of(@Nullable PartitionChange change) {
        return change == null ? null : new ChangeProcessor(change);
    }

    @Override
    public byte @Nullable [] process(Map.Entry<Integer, PartitionEntry> entry) {
        ClusterPartitions node = node();
        PartitionEntry.of(entry, node).apply(change, node.host());
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        change.write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        change = PartitionChange.read(in);
    }
}
