package dev.tessera.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class MemoryAccountTest {

    private static final long MAX = 10_000;

    private final MemoryBudget budget = new MemoryBudget(new DataLimits(MAX, 3, Long.MAX_VALUE, false), 2);
    private final MemoryAccount account = new MemoryAccount(budget);
    private final MemoryAccount other = new MemoryAccount(budget);

    @Test
    void shouldReserveUpToTheLastByte() {
        assertThat(account.reserve(MAX)).isTrue();
        account.add(MAX);

        assertThat(budget.availableBytes()).isZero();
        assertThat(account.reserve(1)).isFalse();
        assertThat(other.reserve(1)).isFalse();
        assertThat(budget.isFull()).isTrue();
    }

    @Test
    void shouldChangeNothingIfAReservationDoesNotFit() {
        other.add(MAX / 2);
        long before = budget.usedBytes();

        assertThat(account.reserve(MAX)).isFalse();

        assertThat(budget.usedBytes()).isEqualTo(before);
        assertThat(budget.isFull()).isFalse();
    }

    @Test
    void shouldReturnTheUnusedPartOfAReservation() {
        assertThat(account.reserve(MAX)).isTrue();
        account.add(100);
        assertThat(other.reserve(5_000)).isFalse();

        account.settle();

        assertThat(other.reserve(5_000)).isTrue();
    }

    @Test
    void shouldReturnFreedBytes() {
        account.add(MAX);
        account.add(-MAX);

        assertThat(budget.usedBytes()).isLessThanOrEqualTo(2 * budget.chunkBytes());
        assertThat(other.reserve(MAX - 2 * budget.chunkBytes())).isTrue();
    }

    @Test
    void shouldTakeMoreThanThereIsOnlyWithoutAReservation() {
        account.add(2 * MAX);

        assertThat(budget.availableBytes()).isNegative();
        assertThat(account.reserve(1)).isFalse();
        account.add(-2 * MAX);
        assertThat(account.reserve(1)).isTrue();
    }

    @Test
    void shouldMoveEverythingToAnotherBudget() {
        MemoryBudget next = new MemoryBudget(DataLimits.NONE, 1);
        account.add(MAX);
        account.addSessions(3);

        account.moveTo(next);

        assertThat(budget.usedBytes()).isZero();
        assertThat(budget.sessions()).isZero();
        assertThat(next.usedBytes()).isGreaterThanOrEqualTo(MAX);
        assertThat(next.sessions()).isEqualTo(3);
        account.moveTo(budget);
        assertThat(next.usedBytes()).isZero();
        assertThat(next.sessions()).isZero();
    }

    @Test
    void shouldAdmitSessionsUpToTheLimit() {
        account.addSessions(2);
        assertThat(other.admitsSession()).isTrue();

        other.addSessions(1);

        assertThat(other.admitsSession()).isFalse();
        account.addSessions(-1);
        assertThat(other.admitsSession()).isTrue();
    }

    @Test
    void shouldHoldAtMostTwoChunksMoreThanItUses() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            MemoryAccount one = random.nextBoolean() ? account : other;
            if (random.nextInt(3) > 0) {
                int bytes = random.nextInt(3_000);
                if (one.reserve(bytes)) {
                    one.add(random.nextInt(bytes + 1));
                }
            } else {
                one.add(-(long) (one.usedBytes() * random.nextDouble()));
            }
            one.settle();
            long used = account.usedBytes() + other.usedBytes();
            assertThat(budget.usedBytes())
                    .as("seed %d, step %d", seed, i)
                    .isBetween(used, Math.min(MAX, used + 4 * budget.chunkBytes()));
        }
    }
}
