package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ExpiryQueueTest {

    private static final PartitionContext CONTEXT =
            new PartitionContext(null, MemoryAccount.unlimited(), new RevisionClock(), KeyOrder.random());

    private final ExpiryQueue queue = new ExpiryQueue(MemoryAccount.unlimited());

    @Test
    void shouldReturnNothingBeforeItIsDue() {
        queue.offer(session(10, 0));

        assertThat(queue.due(9_999)).isNull();
        assertThat(queue.due(10_000)).isNotNull();
    }

    @Test
    void shouldNotAddASessionThatNeverExpires() {
        queue.offer(session(0, 0));
        queue.offer(session(-1, 0));

        assertThat(queue.size()).isZero();
        assertThat(queue.due(Long.MAX_VALUE)).isNull();
    }

    @Test
    void shouldAddASessionOnce() {
        Session session = session(10, 0);
        queue.offer(session);
        queue.offer(session);

        assertThat(queue.size()).isEqualTo(1);
        queue.remove(session);
        queue.remove(session);
        assertThat(queue.size()).isZero();
    }

    @Test
    void shouldCheckAgainAfterTheEndHasMoved() {
        Session session = session(10, 0);
        queue.offer(session);
        session.touch(5_000);

        assertThat(queue.due(10_000)).as("a look is due").isSameAs(session);
        queue.defer(session);
        assertThat(queue.due(14_999)).isNull();
        assertThat(queue.due(15_000)).isSameAs(session);
    }

    @Test
    void shouldCheckEarlierAfterTheClockWasSetBack() {
        Session session = session(10, 1_000_000);
        queue.offer(session);
        session.touch(0);
        queue.offer(session);

        assertThat(queue.due(9_999)).isNull();
        assertThat(queue.due(10_000)).isSameAs(session);
    }

    @Test
    void shouldBeEmptyAfterAClear() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 1; i < 20; i++) {
            sessions.add(session(i, 0));
            queue.offer(sessions.get(i - 1));
        }
        queue.clear();
        queue.checkInvariants();

        assertThat(queue.size()).isZero();
        assertThat(queue.due(Long.MAX_VALUE - 1)).isNull();
        assertThat(sessions).allMatch(session -> session.queueIndex == -1);
    }

    @Test
    void shouldReturnTheFirstDueSessionUnderRandomOperations() {
        long seed = 300L;
        Random random = new Random(seed);
        List<Session> model = new ArrayList<>();
        long nowMs = 100_000;
        for (int i = 0; i < 40_000; i++) {
            String when = "seed " + seed + ", step " + i;
            boolean growing = i / 500 % 2 == 0;
            int choice = random.nextInt(10);
            if (choice < (growing ? 5 : 2)) {
                Session session = session(1 + random.nextInt(100), nowMs);
                queue.offer(session);
                model.add(session);
            } else if (choice < 6 && !model.isEmpty()) {
                Session session = model.get(random.nextInt(model.size()));
                session.touch(nowMs - random.nextInt(3) * 20_000L);
                queue.offer(session);
            } else if (choice < 8 && !model.isEmpty()) {
                Session session = model.remove(random.nextInt(model.size()));
                queue.remove(session);
                assertThat(session.queueIndex).as(when).isEqualTo(-1);
            } else {
                nowMs += random.nextInt(3_000);
                for (Session due = queue.due(nowMs); due != null; due = queue.due(nowMs)) {
                    assertThat(due.lookMs)
                            .as(when)
                            .isLessThanOrEqualTo(nowMs)
                            .isEqualTo(model.stream()
                                    .min(Comparator.comparingLong(session -> session.lookMs))
                                    .orElseThrow()
                                    .lookMs);
                    if (due.isExpired(nowMs)) {
                        queue.remove(due);
                        model.remove(due);
                    } else {
                        queue.defer(due);
                    }
                }
                long end = nowMs;
                assertThat(model).as(when).noneMatch(session -> session.isExpired(end));
            }
            queue.checkInvariants();
            assertThat(queue.size()).as(when).isEqualTo(model.size());
        }
    }

    private static Session session(long durationSeconds, long nowMs) {
        Expiry expiry = new Expiry(durationSeconds, true);
        return new Session(1, new byte[0], false, expiry, expiry.endMs(nowMs), CONTEXT, false);
    }
}
