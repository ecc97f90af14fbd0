package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Eviction;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.Session;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The view of commands on one partition: an owner without other partitions. */
record OnePartition(
        int number,
        Partition partition,
        StoreMap stores,
        ChangeListener changes,
        @Nullable Eviction eviction) implements Partitions {

    @Override
    public boolean owns(long token) {
        return stores.partitionOf(token) == number;
    }

    @Override
    public Partition of(long token) {
        return partition;
    }

    @Override
    public @Nullable Partition at(int other) {
        return other == number ? partition : null;
    }

    @Override
    public boolean makeRoom(MemoryAccount account, long bytes, int sessions, @Nullable Session except, long nowMs) {
        return eviction != null
                && eviction.makeRoom(List.of(partition), account, bytes, sessions, except, nowMs, () -> true);
    }

    @Override
    public void globalKeysUsed() {
        changes.changed(ChangeKind.APPLIED, null, null, 0);
    }

    @Override
    public void forEach(Consumer<Partition> consumer) {
        consumer.accept(partition);
    }
}
