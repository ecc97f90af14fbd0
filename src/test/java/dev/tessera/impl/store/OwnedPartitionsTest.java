package dev.tessera.impl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.Partition;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class OwnedPartitionsTest {

    private static final long NOW = 1_800_000_000_000L;

    private final StoreMap stores = new StoreMap(31, 3);

    @Test
    void shouldOwnEveryTokenInExactlyOneStore() {
        List<OwnedPartitions> all = List.of(
                new OwnedPartitions(stores, 0, null),
                new OwnedPartitions(stores, 1, null),
                new OwnedPartitions(stores, 2, null));
        for (long token = -500; token < 500; token++) {
            long each = token;
            assertThat(all).filteredOn(owned -> owned.owns(each)).hasSize(1);
            assertThat(all.get(stores.storeOf(token)).of(token)).isNotNull();
        }
        List<Partition> partitions = new ArrayList<>();
        all.forEach(owned -> owned.forEach(partitions::add));
        assertThat(partitions).hasSize(31).doesNotHaveDuplicates();
    }

    @Test
    void shouldKnowItsPartitionsByNumber() {
        OwnedPartitions owned = new OwnedPartitions(stores, 1, null);

        for (int number = 0; number < 31; number++) {
            assertThat(owned.at(number) != null).isEqualTo(stores.storeOfPartition(number) == 1);
        }
        assertThat(owned.at(stores.partitionOf(7))).isSameAs(owned.of(7));
    }

    @Test
    void shouldSweepAllPartitionsInBoundedSteps() {
        OwnedPartitions owned = new OwnedPartitions(stores, 1, null);
        int count = 0;
        for (long token = 0; count < 250; token++) {
            if (owned.owns(token)) {
                owned.of(token).create(token, new byte[0], false, new Expiry(1, true), NOW);
                count++;
            }
        }
        assertThat(owned.sweep(NOW + 999, 100)).isFalse();
        assertThat(owned.sweep(NOW + 1_000, 100)).as("more are left").isTrue();
        assertThat(left(owned)).isEqualTo(150);
        assertThat(owned.sweep(NOW + 1_000, 100)).isTrue();
        assertThat(left(owned)).isEqualTo(50);
        assertThat(owned.sweep(NOW + 1_000, 100)).isFalse();
        assertThat(left(owned)).isZero();
        assertThat(owned.sweep(NOW + 1_000, 100)).isFalse();
    }

    private static int left(OwnedPartitions owned) {
        int[] left = new int[1];
        // Before the expiry, so that counting expires nothing.
        owned.forEach(partition -> left[0] += partition.sessionCount(NOW));
        return left[0];
    }
}
