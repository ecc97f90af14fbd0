package dev.tessera.testing;

import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import java.util.function.Consumer;

/**
 * A partition that is all there is, whatever the token or number.
 *
 * @param changes who is told when a command has used the keys in common; null where nobody is
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
            changes.changed(ChangeKind.APPLIED, null, null);
        }
    }

    @Override
    public void forEach(Consumer<Partition> consumer) {
        consumer.accept(partition);
    }
}
