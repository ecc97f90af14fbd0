package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.impl.cluster.partition.PartitionChange;
import org.jspecify.annotations.Nullable;

/**
 * A task that Hazelcast runs on a partition: first on its owner, then, if that changed something, a
 * {@link ChangeProcessor} on each copy. On another node it is read from bytes. Thread: the partition's.
 *
 * @param <R> the answer of the owner
 */
abstract class PartitionProcessor<R>
        implements EntryProcessor<Integer, PartitionEntry, R>, IdentifiedDataSerializable, HazelcastInstanceAware {

    private static final long serialVersionUID = 1L;

    private final transient int classId;

    @SuppressWarnings("NullAway.Init") // Hazelcast sets it before it runs the processor.
    private transient HazelcastInstance hazelcast;

    private transient @Nullable ChangeProcessor change;

    /** Creates a processor of a class that {@link PartitionSerializers} knows by this number. */
    PartitionProcessor(int classId) {
        this.classId = classId;
    }

    /** Returns the node that it runs on. */
    final ClusterPartitions node() {
        return ClusterPartitions.on(hazelcast);
    }

    /** Sets the change that the copies apply; null if nothing changed. */
    final void setCopyChange(@Nullable PartitionChange copied) {
        change = ChangeProcessor.of(copied);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public final @Nullable EntryProcessor<Integer, PartitionEntry, R> getBackupProcessor() {
        // Hazelcast ignores the answer of a copy, so its type does not matter.
        return (EntryProcessor) change;
    }

    @Override
    public final void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public final int getFactoryId() {
        return PartitionSerializers.FACTORY_ID;
    }

    @Override
    public final int getClassId() {
        return classId;
    }
}
