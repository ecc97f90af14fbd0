package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.testing.Layer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class EvictionTest {

    private static final int SESSIONS = 3000;
    private static final long NOW_MS = 1_000;

    private final MemoryBudget budget = new MemoryBudget(DataLimits.NONE.withBytesMax(2_000_000), 2);
    private final List<Partition> partitions = Stream.of(1, 2)
            .map(number -> new Partition(null, new MemoryAccount(budget)))
            .toList();
    private final MemoryAccount account = partitions.get(0).memory();
    private final Eviction eviction = new Eviction(new Random(1));

    private long sessionBytes;

    private void fill() {
        for (int i = 0; i < SESSIONS; i++) {
            Session made = partitions
                    .get(i % 2)
                    .create(HashFinalizer.mix(i), new byte[1], false, new Expiry(60, true), NOW_MS + i);
            sessionBytes = made.memoryBytes();
        }
    }

    private boolean makeRoom(long bytes) {
        return eviction.makeRoom(partitions, account, bytes, 0, null, NOW_MS, () -> true);
    }

    @Test
    void shouldEndOnlyAsManySessionsAsNeeded() {
        fill();
        partitions.forEach(partition -> partition.memory().trim());
        long available = budget.availableBytes();

        assertThat(makeRoom(available + 100 * sessionBytes)).isTrue();

        assertThat(budget.evicted()).isBetween(90L, 100L);
    }

    @Test
    void shouldEndNoSessionIfThoseOfOneTurnDoNotSuffice() {
        fill();
        partitions.forEach(partition -> partition.memory().trim());

        assertThat(makeRoom(budget.availableBytes() + 1_100 * sessionBytes)).isFalse();

        assertThat(budget.evicted()).isZero();
        assertThat(budget.sessions()).isEqualTo(SESSIONS);
    }

    @Test
    void shouldEndTheLeastRecentlyUsedOfFewSessions() {
        for (int i = 0; i < 10; i++) {
            partitions.get(i % 2).create(i, new byte[1], false, new Expiry(60, true), NOW_MS + (i == 7 ? 0 : 10 + i));
        }
        partitions.forEach(partition -> partition.memory().trim());

        assertThat(makeRoom(budget.availableBytes() + 1)).isTrue();

        assertThat(budget.evicted()).isEqualTo(1);
        assertThat(partitions.get(1).find(7, NOW_MS)).isNull();
    }
}
