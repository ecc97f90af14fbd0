package dev.tessera.command.transfer;

import dev.tessera.session.Partition;
import dev.tessera.session.Partitions;
import java.util.function.Consumer;

/** The partition 0, which is all there is. */
record OnePartition(Partition partition) implements Partitions {

  @Override
  public boolean owns(long token) {
    return true;
  }

  @Override
  public Partition of(long token) {
    return partition;
  }

  @Override
  public Partition at(int number) {
    return partition;
  }

  @Override
  public void commonKeysUsed() {
    // nobody listens
  }

  @Override
  public void forEach(Consumer<Partition> consumer) {
    consumer.accept(partition);
  }
}
