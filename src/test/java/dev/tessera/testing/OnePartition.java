package dev.tessera.testing;

import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import java.util.function.Consumer;

/**
 * The only partition, for every token and every number.
 *
 * @param changes the listener that learns that a command used the global keys, or null
 */
public record OnePartition(Partition partition, ChangeListener changes) implements Partitions {

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
    public void globalKeysUsed() {
        if (changes != null) {
            changes.changed(ChangeKind.APPLIED, null, null, 0);
        }
    }

    @Override
    public void forEach(Consumer<Partition> consumer) {
        consumer.accept(partition);
    }
}
