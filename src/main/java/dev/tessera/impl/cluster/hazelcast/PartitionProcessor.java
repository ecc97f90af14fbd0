package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.impl.cluster.partition.PartitionChange;

/**
 * What Hazelcast runs on a partition: first on its owner, then, where that has changed something, a
 * {@link ChangeProcessor} on each copy. On another node it is one made from bytes. Thread: the partition's.
 *
 * @param <R> what the owner answers
 */
abstract class PartitionProcessor<R>
        implements EntryProcessor<Integer, PartitionEntry, R>, IdentifiedDataSerializable, HazelcastInstanceAware {

    private static final long serialVersionUID = 1L;

    private final transient int classId;
    private transient HazelcastInstance hazelcast;
    private transient ChangeProcessor change;

    /** One of a class that {@link PartitionSerializers} knows by this number. */
    PartitionProcessor(int classId) {
        this.classId = classId;
    }

    /** The node on which it runs. */
    final ClusterPartitions node() {
        return ClusterPartitions.on(hazelcast);
    }

    /** Sets what the copies are to apply; null where there is nothing. */
    final void tellCopies(PartitionChange told) {
        change = ChangeProcessor.of(told);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public final EntryProcessor<Integer, PartitionEntry, R> getBackupProcessor() {
        // Hazelcast drops what it answers.
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
