package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import dev.tessera.impl.event.EventBatch;
import java.util.Map;

/**
 * Takes the events that wait in a partition and asks the copies whether they have its changes: when it has ended well,
 * the events may be told. It does this on the node that made it alone; where the partition has moved, its events are
 * gone. The answer is whether it was done here. It may be submitted again while it fails.
 */
final class ConfirmProcessor extends PartitionProcessor<Boolean> {

    private static final long serialVersionUID = 1L;

    /** Whether this is the node that made it: elsewhere it comes as bytes, and says nothing. */
    private final transient boolean here;
    /** Whose events these are. */
    private transient ReplicatedPartition partition;

    private transient EventBatch events;

    /** One that has come from another node. */
    ConfirmProcessor() {
        this(false);
    }

    private ConfirmProcessor(boolean here) {
        super(PartitionSerializers.CONFIRM);
        this.here = here;
    }

    /** One for a partition of this node. */
    static ConfirmProcessor onThisNode() {
        return new ConfirmProcessor(true);
    }

    @Override
    public Boolean process(Map.Entry<Integer, PartitionEntry> entry) {
        tellCopies(null);
        ReplicatedPartition found =
                entry.getValue() == null ? null : entry.getValue().partition();
        if (!here || found == null || partition != null && partition != found) {
            return false;
        }
        if (partition == null && found.outbox() instanceof EventOutbox outbox && !outbox.isEmpty()) {
            partition = found;
            events = outbox.take();
        }
        if (partition != null) {
            tellCopies(partition.confirmation(node().host()));
        }
        return true;
    }

    /** What was taken; null where there was nothing. */
    EventBatch events() {
        return events;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // nothing: on another node it only says that it is not at home there
    }

    @Override
    public void readData(ObjectDataInput in) {
        // nothing
    }
}
