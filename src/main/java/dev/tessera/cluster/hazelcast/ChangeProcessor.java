package dev.tessera.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.cluster.partition.PartitionChange;
import java.io.IOException;
import java.util.Map;

/** Applies to a copy what the owner has done. Where the copy has missed something it throws, so that nothing is acknowledged. */
final class ChangeProcessor implements EntryProcessor<Integer, PartitionEntry, byte[]>, IdentifiedDataSerializable,
    HazelcastInstanceAware {

  private static final long serialVersionUID = 1L;

  private transient PartitionChange change;
  private transient HazelcastInstance hazelcast;

  ChangeProcessor() {
  }

  private ChangeProcessor(PartitionChange change) {
    this.change = change;
  }

  /** The processor of a change; null where there is none. */
  static ChangeProcessor of(PartitionChange change) {
    return change == null ? null : new ChangeProcessor(change);
  }

  @Override
  public byte[] process(Map.Entry<Integer, PartitionEntry> entry) {
    PartitionEntry.of(entry).apply(change, ClusterPartitions.on(hazelcast).host());
    return null;
  }

  @Override
  public EntryProcessor<Integer, PartitionEntry, byte[]> getBackupProcessor() {
    return null;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    hazelcast = instance;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    change.write(out);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    change = PartitionChange.read(in);
  }

  @Override
  public int getFactoryId() {
    return PartitionSerializers.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return PartitionSerializers.CHANGE;
  }
}
