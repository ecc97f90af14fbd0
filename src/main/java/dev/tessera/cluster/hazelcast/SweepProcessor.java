package dev.tessera.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.cluster.partition.ReplicatedPartition;
import java.util.Map;

/** Reclaims sessions of a partition that are over, on its owner; answers whether there may be more of them. */
final class SweepProcessor implements EntryProcessor<Integer, PartitionEntry, Boolean>, IdentifiedDataSerializable,
    HazelcastInstanceAware {

  private static final long serialVersionUID = 1L;

  private transient HazelcastInstance hazelcast;
  private transient ChangeProcessor change;

  @Override
  public Boolean process(Map.Entry<Integer, PartitionEntry> entry) {
    if (entry.getValue() == null) {
      return false;
    }
    ReplicatedPartition.Swept swept = entry.getValue().partition().sweep(ClusterPartitions.on(hazelcast).host());
    change = ChangeProcessor.of(swept.change());
    return swept.more();
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public EntryProcessor<Integer, PartitionEntry, Boolean> getBackupProcessor() {
    return (EntryProcessor) change;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    hazelcast = instance;
  }

  @Override
  public void writeData(ObjectDataOutput out) {
    // nothing: it is sent to its own node
  }

  @Override
  public void readData(ObjectDataInput in) {
    // nothing
  }

  @Override
  public int getFactoryId() {
    return PartitionSerializers.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return PartitionSerializers.SWEEP;
  }
}
