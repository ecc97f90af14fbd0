package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.tessera.impl.cluster.partition.PartitionChange;
import java.io.IOException;
import java.util.Map;

/**
 * Applies to a copy what the owner has done. Where the copy has missed something it throws, so that nothing is
 * acknowledged.
 */
final class ChangeProcessor extends PartitionProcessor<byte[]> {

    private static final long serialVersionUID = 1L;

    private transient PartitionChange change;

    ChangeProcessor() {
        super(PartitionSerializers.CHANGE);
    }

    private ChangeProcessor(PartitionChange change) {
        super(PartitionSerializers.CHANGE);
        this.change = change;
    }

    /** The processor of a change; null where there is none. */
    static ChangeProcessor of(PartitionChange change) {
        return change == null ? null : new ChangeProcessor(change);
    }

    @Override
    public byte[] process(Map.Entry<Integer, PartitionEntry> entry) {
        PartitionEntry.of(entry).apply(change, node().host());
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
