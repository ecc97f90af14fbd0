package dev.tessera.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.cluster.partition.PartitionBatch;
import dev.tessera.cluster.partition.ReplicatedPartition;
import java.io.IOException;
import java.util.Map;

/**
 * Executes a batch on the owner of its partition. Hazelcast asks for the backup processor behind that, and acknowledges the batch when
 * all copies have run it; a batch that has changed nothing has none. On the dispatcher's own node nothing of this is serialized.
 */
final class BatchProcessor implements EntryProcessor<Integer, PartitionEntry, byte[]>, IdentifiedDataSerializable,
    HazelcastInstanceAware {

  private static final long serialVersionUID = 1L;

  private transient PartitionBatch batch;
  private transient HazelcastInstance hazelcast;
  private transient ChangeProcessor change;

  BatchProcessor() {
  }

  BatchProcessor(PartitionBatch batch) {
    this.batch = batch;
  }

  @Override
  public byte[] process(Map.Entry<Integer, PartitionEntry> entry) {
    ClusterPartitions node = ClusterPartitions.on(hazelcast);
    ReplicatedPartition partition = PartitionEntry.of(entry);
    ReplicatedPartition.Executed executed = partition.execute(batch, node.runner());
    change = ChangeProcessor.of(executed.change());
    node.worked(batch.partition(), partition);
    return executed.result();
  }

  @Override
  public EntryProcessor<Integer, PartitionEntry, byte[]> getBackupProcessor() {
    return change;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    hazelcast = instance;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    batch.write(out);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    batch = PartitionBatch.read(in);
  }

  @Override
  public int getFactoryId() {
    return PartitionSerializers.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return PartitionSerializers.BATCH;
  }
}
