package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class HeldRecordsTest {

    private static final int VALUE_BYTES = 10_000;
    /** Keys, tables, headers and what the account holds in advance. */
    private static final long SMALL_BYTES = 3_000;

    private final MemoryBudget budget = new MemoryBudget(DataLimits.NONE.withBytesMax(1_000_000), 1_000);
    private final Partition partition = new Partition(null, new MemoryAccount(budget));
    private final Session session = partition.create(1, new byte[0], false, Expiry.NEVER, 0);
    private final KeySpace keys = session.keys();
    private final List<KeySnapshot> outdated = new ArrayList<>();

    @AfterEach
    void shouldCountNothingAfterTheEnd() {
        partition.checkInvariants();
        partition.clear(0);
        assertThat(budget.usedBytes()).isLessThan(SMALL_BYTES);
    }

    private void put(String key) {
        byte[] name = key.getBytes(UTF_8);
        partition.use(session, 0, used -> used.put(name, 0, name.length, new byte[VALUE_BYTES], 0, VALUE_BYTES));
    }

    private KeySnapshot hold() {
        KeySnapshot[] taken = new KeySnapshot[1];
        partition.use(session, 0, used -> taken[0] = used.snapshot());
        taken[0].hold(outdated::add);
        return taken[0];
    }

    private void assertValues(int values) {
        assertThat(budget.usedBytes())
                .isBetween((long) values * VALUE_BYTES, (long) values * VALUE_BYTES + SMALL_BYTES);
    }

    @Test
    void shouldCountTheValuesOfASessionUntilTheLastTaskEnds() {
        put("a");
        put("b");
        KeySnapshot snapshot = hold();
        hold();
        assertValues(2);
        partition.remove(session, 0);
        assertValues(2);
        assertThat(outdated).containsExactly(snapshot);
        snapshot.release();
        assertValues(2);
        snapshot.release();
        assertValues(0);
    }

    @Test
    void shouldCountTheValuesAfterAllSessionsHaveEnded() {
        put("a");
        KeySnapshot snapshot = hold();
        partition.clear(0);
        assertValues(1);
        snapshot.release();
        assertValues(0);
    }

    @Test
    void shouldCountOnlyTheValuesThatTheKeySpaceHasLost() {
        put("a");
        put("b");
        put("c");
        KeySnapshot first = hold();
        put("a");
        assertValues(4);
        KeySnapshot second = hold();
        put("b");
        assertValues(5);
        keys.remove("c".getBytes(UTF_8), 0, 1);
        partition.countKeys(-1);
        assertValues(5);
        first.release();
        second.release();
        assertValues(2);
        put("a");
        assertValues(2);
    }

    @Test
    void shouldCountNoMoreThanTheSnapshot() {
        put("a");
        KeySnapshot snapshot = hold();
        for (int i = 0; i < 50; i++) {
            put("a");
        }
        assertValues(2);
        snapshot.release();
        assertValues(1);
    }

    @Test
    void shouldCountARecordThatATaskReads() {
        put("a");
        put("b");
        KeySnapshot snapshot = keys.snapshotOf(keys.get(new byte[] {'a'}, 0, 1));
        snapshot.hold(outdated::add);
        put("b");
        put("a");
        assertValues(3);
        snapshot.release();
        assertValues(2);
    }

    @Test
    void shouldCountNothingIfNoTaskHoldsTheSnapshot() {
        put("a");
        KeySnapshot snapshot = hold();
        snapshot.release();
        put("a");
        assertValues(1);
        assertThat(keys.hasSnapshot()).isFalse();
        assertThat(outdated).isEmpty();
    }
}
