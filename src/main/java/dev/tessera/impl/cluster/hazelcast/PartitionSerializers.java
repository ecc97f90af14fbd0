package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.Map;

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

    private final Map<String, Object> userContext;

    /**
     * Creates the factory of a member.
     *
     * @param userContext that of the member, in which it keeps its partitions
     */
    PartitionSerializers(Map<String, Object> userContext) {
        this.userContext = userContext;
    }

    @Override
    public IdentifiedDataSerializable create(int classId) {
        return switch (classId) {
            case PARTITION ->
                new PartitionEntry(ClusterPartitions.on(userContext).keyOrder());
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
}
