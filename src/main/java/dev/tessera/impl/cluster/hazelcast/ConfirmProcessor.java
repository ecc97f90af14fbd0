package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import dev.tessera.impl.event.EventBatch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The confirmation of waiting events. It takes the events from the outbox of a partition and asks the copies whether
 * they have its changes; after success, the node may publish the events. It works only on the node that made it,
 * because the events do not move with the partition. It answers whether it ran there, and may be submitted again after
 * a failure.
 */
final class ConfirmProcessor extends PartitionProcessor<Boolean> {

    private static final long serialVersionUID = 1L;

    /** Whether this is the node that made it; on another node it was read from bytes. */
    private final transient boolean here;
    /** The partition of the events; null until it has run. */
    private transient @Nullable ReplicatedPartition partition;

    private transient @Nullable EventBatch events;

    /** Creates one that comes from another node. */
    ConfirmProcessor() {
        this(false);
    }

    private ConfirmProcessor(boolean here) {
        super(PartitionSerializers.CONFIRM);
        this.here = here;
    }

    /** Returns one for a partition of this node. */
    static ConfirmProcessor onThisNode() {
        return new ConfirmProcessor(true);
    }

    @Override
    public Boolean process(Map.Entry<Integer, PartitionEntry> entry) {
        setCopyChange(null);
        ReplicatedPartition found =
                entry.getValue() == null ? null : entry.getValue().partition();
        if (!here || found == null || (partition != null && partition != found)) {
            return false;
        }
        if (partition == null && found.outbox() instanceof EventOutbox outbox && !outbox.isEmpty()) {
            partition = found;
            events = outbox.take();
        }
        if (partition != null) {
            setCopyChange(partition.confirmation(node().host()));
        }
        return true;
    }

    /** Returns the events that it took; null if there were none. */
    @Nullable
    EventBatch events() {
        return events;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // It has no state: on another node it only answers that it does not belong there.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // It has no state.
    }
}
