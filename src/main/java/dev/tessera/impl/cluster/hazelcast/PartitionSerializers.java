package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.tessera.impl.session.KeyOrder;
import org.jspecify.annotations.Nullable;

/**
 * The factory of the objects that nodes send to each other. The numbers are part of the wire format and never change.
 */
final class PartitionSerializers implements DataSerializableFactory {

    static final int FACTORY_ID = 7353;
    static final int PARTITION = 1;
    static final int BATCH = 2;
    static final int CHANGE = 3;
    static final int SWEEP = 4;
    static final int DEFERRED = 5;
    static final int CONFIRM = 6;
    static final int DEFERRED_RESULT = 7;

    /** Null until the nodes have agreed on a secret. */
    private volatile @Nullable KeyOrder keyOrder;

    /** Sets the order of keys in lists, without which no partition can arrive. */
    void orderKeys(KeyOrder order) {
        keyOrder = order;
    }

    @Override
    public IdentifiedDataSerializable create(int classId) {
        return switch (classId) {
            case PARTITION -> newPartition();
            case BATCH -> new BatchProcessor();
            case CHANGE -> new ChangeProcessor();
            case SWEEP -> new SweepProcessor();
            case DEFERRED -> new DeferredCall();
            case CONFIRM -> new ConfirmProcessor();
            case DEFERRED_RESULT -> new DeferredResult();
            default ->
                throw new IllegalArgumentException(
                        "there is no class " + classId + "; all nodes must run the same version");
        };
    }

    private PartitionEntry newPartition() {
        KeyOrder order = keyOrder;
        if (order == null) {
            throw new RetryableHazelcastException("this node is starting");
        }
        return new PartitionEntry(order);
    }
}
