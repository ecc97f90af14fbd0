package dev.tessera.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.cluster.partition.ReplicatedPartition;
import java.io.IOException;
import java.util.Map;

/** Reclaims sessions of a partition that are over, on its owner; answers whether there may be more of them. */
final class SweepProcessor implements EntryProcessor<Integer, PartitionEntry, Boolean>, IdentifiedDataSerializable,
    HazelcastInstanceAware {

  private static final long serialVersionUID = 1L;

  private transient int number;
  private transient HazelcastInstance hazelcast;
  private transient ChangeProcessor change;

  SweepProcessor() {
  }

  /** A sweep of the partition of this number. */
  SweepProcessor(int number) {
    this.number = number;
  }

  @Override
  public Boolean process(Map.Entry<Integer, PartitionEntry> entry) {
    if (entry.getValue() == null) {
      return false;
    }
    ClusterPartitions node = ClusterPartitions.on(hazelcast);
    ReplicatedPartition partition = entry.getValue().partition();
    ReplicatedPartition.Swept swept = partition.sweep(node.host());
    change = ChangeProcessor.of(swept.change());
    node.worked(number, partition);
    node.swept(number, partition.partition());
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
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(number);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    number = in.readInt();
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
