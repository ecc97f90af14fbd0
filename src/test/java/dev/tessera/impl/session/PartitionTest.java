package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class PartitionTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final byte[] NAME = {'n'};
    private static final Expiry GONE_AFTER_10_S = new Expiry(10, true);
    private static final Expiry EMPTY_AFTER_10_S = new Expiry(10, false);

    private final Partition partition = new Partition();

    @AfterEach
    void shouldKeepItsInvariants() {
        partition.checkInvariants();
    }

    @Test
    void shouldFindACreatedSession() {
        Session session = partition.create(7, NAME, true, GONE_AFTER_10_S, NOW);

        assertThat(partition.find(7, NOW)).isSameAs(session);
        assertThat(session.token()).isEqualTo(7);
        assertThat(session.name()).isEqualTo(NAME);
        assertThat(session.shared()).isTrue();
        assertThat(session.expiry()).isEqualTo(GONE_AFTER_10_S);
        assertThat(partition.find(8, NOW)).isNull();
    }

    @Test
    void shouldCountGlobalKeysWithThoseOfSessions() {
        Session session = partition.create(7, NAME, false, Expiry.NEVER, NOW);
        put(session, "a", NOW);
        byte[] text = {'k', '1'};

        partition.globalKeys().put(text, 0, 1, text, 1, 2);

        assertThat(partition.keyCount(NOW)).isEqualTo(2);
        assertThat(partition.clear(NOW)).isEqualTo(1);
        assertThat(partition.keyCount(NOW)).isEqualTo(1);
        assertThat(partition.globalKeys().contains(text, 0, 1)).isTrue();
    }

    @Test
    void shouldNotCreateTwice() {
        Session session = partition.create(7, NAME, false, Expiry.NEVER, NOW);

        assertThat(partition.create(7, NAME, true, GONE_AFTER_10_S, NOW)).isNull();
        assertThat(partition.find(7, NOW)).isSameAs(session);
        assertThat(partition.sessionCount(NOW)).isEqualTo(1);
    }

    @Test
    void shouldReplaceAnExpiredSession() {
        Session first = partition.create(7, NAME, false, GONE_AFTER_10_S, NOW);
        put(first, "a", NOW);

        assertThat(partition.create(7, NAME, false, GONE_AFTER_10_S, NOW + 9_999))
                .isNull();
        Session second = partition.create(7, NAME, false, GONE_AFTER_10_S, NOW + 10_000);
        assertThat(second).isNotNull().isNotSameAs(first);
        assertThat(second.keys().size()).isZero();
        assertThat(partition.keyCount(NOW + 10_000)).isZero();
    }

    @Test
    void shouldDeleteTheSessionExactlyAtItsEnd() {
        Session session = partition.create(7, NAME, false, GONE_AFTER_10_S, NOW);
        put(session, "a", NOW);

        assertThat(partition.find(7, NOW + 9_999)).isSameAs(session);
        assertThat(session.keys().size()).isEqualTo(1);
        assertThat(partition.find(7, NOW + 10_000)).isNull();
        assertThat(partition.sessionCount(NOW + 10_000)).isZero();
        assertThat(partition.keyCount(NOW + 10_000)).isZero();
    }

    @Test
    void shouldEmptyTheSessionExactlyAtItsEnd() {
        Session session = partition.create(7, NAME, false, EMPTY_AFTER_10_S, NOW);
        put(session, "a", NOW);

        assertThat(partition.find(7, NOW + 9_999).keys().size()).isEqualTo(1);
        assertThat(partition.find(7, NOW + 10_000)).isSameAs(session);
        assertThat(session.keys().size()).isZero();
        assertThat(partition.sessionCount(NOW + 10_000)).isEqualTo(1);
        assertThat(partition.keyCount(NOW + 10_000)).isZero();
        assertThat(session.remainingSeconds(NOW + 10_000))
                .as("a fresh duration")
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000, 4_321, 9_999, 10_000, 10_001, 29_999, 30_000, 1_000_000_007})
    void shouldRestartAtTheEndOfTheLastDurationHoweverLate(long lateMs) {
        Session found = partition.create(1, NAME, false, EMPTY_AFTER_10_S, NOW);
        Session swept = partition.create(2, NAME, false, EMPTY_AFTER_10_S, NOW);
        Session both = partition.create(3, NAME, false, EMPTY_AFTER_10_S, NOW);
        for (Session session : List.of(found, swept, both)) {
            put(session, "a", NOW);
        }
        long noticed = NOW + 10_000 + lateMs;
        partition.find(3, NOW + 10_000 + lateMs / 2);
        partition.find(1, noticed);
        partition.sweep(noticed, Integer.MAX_VALUE);
        partition.find(2, noticed);
        partition.find(3, noticed);

        long end = noticed + 10_000 - lateMs % 10_000;
        assertThat(List.of(found, swept, both))
                .allSatisfy(session -> assertThat(session.endMs()).isEqualTo(end));
    }

    @Test
    void shouldMoveTheEndWithUseAndNotWithFind() {
        Session session = partition.create(7, NAME, false, GONE_AFTER_10_S, NOW);
        partition.find(7, NOW + 4_000);
        assertThat(session.remainingSeconds(NOW + 4_000)).isEqualTo(6);

        partition.use(session, NOW + 4_000, keys -> {});
        assertThat(session.remainingSeconds(NOW + 4_000)).isEqualTo(10);
        assertThat(partition.find(7, NOW + 13_999)).isSameAs(session);
        assertThat(partition.find(7, NOW + 14_000)).isNull();
    }

    @Test
    void shouldRoundTheRemainingTimeUp() {
        Session session = partition.create(7, NAME, false, GONE_AFTER_10_S, NOW);

        assertThat(session.remainingSeconds(NOW)).isEqualTo(10);
        assertThat(session.remainingSeconds(NOW + 1)).isEqualTo(10);
        assertThat(session.remainingSeconds(NOW + 9_000)).isEqualTo(1);
        assertThat(session.remainingSeconds(NOW + 9_999)).isEqualTo(1);
        assertThat(session.remainingSeconds(NOW + 10_000)).isZero();
        assertThat(session.remainingSeconds(NOW + 99_999)).as("never negative").isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 1000})
    void shouldNeverExpireWithDurationZeroOrAnOverflowingOne(long durationSeconds) {
        for (boolean delete : new boolean[] {true, false}) {
            Session session = partition.create(delete ? 1 : 2, NAME, false, new Expiry(durationSeconds, delete), NOW);
            put(session, "a", NOW);
            long farOff = Long.MAX_VALUE - 1;

            assertThat(partition.find(session.token(), farOff)).isSameAs(session);
            partition.use(session, farOff, keys -> {});
            assertThat(partition.sweep(farOff, 10)).isZero();
            assertThat(session.keys().size()).isEqualTo(1);
            assertThat(session.remainingSeconds(NOW)).isPositive();
        }
    }

    @Test
    void shouldCountCorrectlyBeforeASweep() {
        for (int i = 0; i < 100; i++) {
            Session session = partition.create(i, NAME, false, new Expiry(1 + i, i % 2 == 0), NOW);
            put(session, "a", NOW);
            put(session, "b", NOW);
        }
        assertThat(partition.sessionCount(NOW + 999)).isEqualTo(100);
        assertThat(partition.keyCount(NOW + 999)).isEqualTo(200);
        // Those of 1 s to 50 s have expired: 25 are deleted, 25 empty.
        assertThat(partition.keyCount(NOW + 50_000)).isEqualTo(100);
        assertThat(partition.sessionCount(NOW + 50_000)).isEqualTo(75);
    }

    @Test
    void shouldReclaimWithoutAccess() {
        Session deleted = partition.create(1, NAME, false, GONE_AFTER_10_S, NOW);
        Session emptied = partition.create(2, NAME, false, EMPTY_AFTER_10_S, NOW);
        put(deleted, "a", NOW);
        put(emptied, "a", NOW);

        assertThat(partition.sweep(NOW + 9_999, 10)).isZero();
        assertThat(partition.sweep(NOW + 10_000, 10)).isEqualTo(2);
        assertThat(emptied.keys().size()).isZero();
        assertThat(partition.sweep(NOW + 10_000, 10)).as("nothing left to do").isZero();
        assertThat(partition.sweep(NOW + 99_000, 10))
                .as("an empty session that stays needs no reclaiming")
                .isZero();
    }

    @Test
    void shouldReclaimAgainASessionThatWasFilledAgain() {
        Session session = partition.create(1, NAME, false, EMPTY_AFTER_10_S, NOW);
        for (int round = 1; round < 5; round++) {
            long now = NOW + round * 20_000L;
            partition.find(1, now);
            put(session, "a", now);
            partition.checkInvariants();
            assertThat(partition.sweep(now + 9_999, 10)).isZero();
            assertThat(partition.sweep(now + 10_000, 10)).isEqualTo(1);
            assertThat(session.keys().size()).isZero();
        }
    }

    @Test
    void shouldReclaimAtMostTheGivenNumber() {
        for (int i = 0; i < 1_000; i++) {
            put(partition.create(i, NAME, false, new Expiry(1 + i % 7, i % 3 != 0), NOW), "a", NOW);
        }
        Set<Long> seen = new HashSet<>();
        int before = 1_000;
        for (int most : new int[] {1, 10, 0, 100, 500}) {
            assertThat(partition.sweep(NOW + 60_000, most)).isEqualTo(most);
            int left = unsweptKeys();
            assertThat(before - left).isEqualTo(most);
            before = left;
            partition.checkInvariants();
            seen.add((long) left);
        }
        assertThat(partition.sweep(NOW + 60_000, 10_000)).isEqualTo(389);
        assertThat(seen).hasSize(4);
    }

    /** A session in use is examined when it was due once. Such checks take time too, so they count. */
    @Test
    void shouldExamineAtMostTheGivenNumber() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sessions.add(partition.create(i, NAME, false, GONE_AFTER_10_S, NOW));
        }
        sessions.forEach(session -> partition.use(session, NOW + 5_000, keys -> {}));

        assertThat(partition.sweep(NOW + 10_000, 30)).isEqualTo(30);
        assertThat(sessions)
                .filteredOn(session -> session.lookMs == NOW + 15_000)
                .hasSize(30);
        assertThat(partition.sweep(NOW + 10_000, 1_000)).isEqualTo(70);
        assertThat(partition.sweep(NOW + 10_000, 1_000)).isZero();
        assertThat(partition.sessionCount(NOW + 10_000)).isEqualTo(100);
    }

    private int unsweptKeys() {
        // These sessions are still in the queue.
        return (int) partition.keyCount(NOW - 1);
    }

    @Test
    void shouldLeaveNoTraceOfARemovedSession() {
        Session session = partition.create(1, NAME, false, GONE_AFTER_10_S, NOW);
        put(session, "a", NOW);
        partition.remove(session, 0);

        assertThat(partition.find(1, NOW)).isNull();
        assertThat(partition.keyCount(NOW)).isZero();
        assertThat(session.queueIndex).isEqualTo(-1);
        Session second = partition.create(1, NAME, false, Expiry.NEVER, NOW);
        assertThat(partition.sweep(NOW + 10_000, 10)).isZero();
        assertThat(partition.find(1, NOW + 10_000)).isSameAs(second);
    }

    @Test
    void shouldCountOnlyLiveSessionsInAClear() {
        put(partition.create(1, NAME, false, GONE_AFTER_10_S, NOW), "a", NOW);
        put(partition.create(2, NAME, false, EMPTY_AFTER_10_S, NOW), "a", NOW);
        put(partition.create(3, NAME, false, Expiry.NEVER, NOW), "a", NOW);

        assertThat(partition.clear(NOW + 10_000)).isEqualTo(2);
        assertThat(partition.sessionCount(NOW)).isZero();
        assertThat(partition.keyCount(NOW)).isZero();
        assertThat(partition.clear(NOW)).isZero();
        assertThat(partition.sweep(NOW + 99_000, 10)).isZero();
    }

    @Test
    void shouldUseTheNewEndAfterTheClockWasSetBack() {
        Session session = partition.create(1, NAME, false, GONE_AFTER_10_S, NOW);
        long earlier = NOW - 3_600_000;
        put(session, "a", earlier);

        assertThat(partition.find(1, earlier + 9_999)).isSameAs(session);
        assertThat(partition.sweep(earlier + 9_999, 10)).isZero();
        assertThat(partition.sessionCount(earlier + 10_000))
                .as("counted without a look from find")
                .isZero();
        assertThat(partition.find(1, earlier + 10_000)).isNull();
    }

    @Test
    void shouldReclaimTheKeysOfACommandThatFailed() {
        Session session = partition.create(1, NAME, false, EMPTY_AFTER_10_S, NOW);
        assertThatThrownBy(() -> partition.use(session, NOW, keys -> {
                    keys.put(NAME, 0, 1, NAME, 0, 1);
                    throw new IllegalStateException("half-way");
                }))
                .hasMessage("half-way");
        partition.checkInvariants();

        assertThat(partition.keyCount(NOW)).isEqualTo(1);
        assertThat(partition.sweep(NOW + 10_000, 10)).isEqualTo(1);
        assertThat(partition.keyCount(NOW)).isZero();
    }

    /** A session from the view of a client, without tables and queues. */
    private static final class ModelSession {

        final Expiry expiry;
        final Set<String> keys = new HashSet<>();
        long endMs;

        ModelSession(Expiry expiry, long nowMs) {
            this.expiry = expiry;
            touch(nowMs);
        }

        void touch(long nowMs) {
            endMs = expiry.durationSeconds() == 0 ? Long.MAX_VALUE : nowMs + expiry.durationSeconds() * 1000;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 200})
    void shouldBehaveAsTheModel(int tokenCount) {
        long seed = 400L + tokenCount;
        Random random = new Random(seed);
        Map<Long, ModelSession> model = new HashMap<>();
        long nowMs = NOW;
        for (int i = 0; i < 8_000; i++) {
            String when = "seed " + seed + ", step " + i;
            nowMs += random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(200);
            if (random.nextInt(200) == 0) {
                // Otherwise an expired session that nobody noticed would exist again, so both sides check.
                for (long each = 0; each < tokenCount; each++) {
                    assertSame(partition.find(each, nowMs), modelFind(model, each, nowMs), nowMs, when);
                }
                nowMs -= random.nextInt(5_000);
            }
            long token = random.nextInt(tokenCount);
            ModelSession expected = modelFind(model, token, nowMs);
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    Expiry expiry =
                            new Expiry(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(20), random.nextBoolean());
                    Session created = partition.create(token, NAME, random.nextBoolean(), expiry, nowMs);
                    assertThat(created == null).as(when).isEqualTo(expected != null);
                    if (created != null) {
                        model.put(token, new ModelSession(expiry, nowMs));
                    }
                }
                case 3, 4, 5, 6 -> {
                    Session session = partition.find(token, nowMs);
                    assertThat(session == null).as(when).isEqualTo(expected == null);
                    if (session != null) {
                        String key = "k" + random.nextInt(12);
                        put(session, key, nowMs);
                        expected.touch(nowMs);
                        expected.keys.add(key);
                    }
                }
                case 7 -> {
                    Session session = partition.find(token, nowMs);
                    if (session != null) {
                        partition.use(session, nowMs, KeySpace::clear);
                        expected.touch(nowMs);
                        expected.keys.clear();
                    }
                }
                case 8 -> {
                    Session session = partition.find(token, nowMs);
                    if (session != null) {
                        partition.remove(session, nowMs);
                        model.remove(token);
                    }
                }
                case 9 -> {
                    int most = random.nextInt(5);
                    assertThat(partition.sweep(nowMs, most)).as(when).isLessThanOrEqualTo(most);
                }
                case 10 -> {
                    long now = nowMs;
                    List.copyOf(model.keySet()).forEach(each -> modelFind(model, each, now));
                    assertThat(partition.sessionCount(nowMs)).as(when).isEqualTo(model.size());
                    assertThat(partition.keyCount(nowMs))
                            .as(when)
                            .isEqualTo(model.values().stream()
                                    .mapToLong(session -> session.keys.size())
                                    .sum());
                }
                default -> {
                    if (random.nextInt(50) == 0) {
                        long now = nowMs;
                        List.copyOf(model.keySet()).forEach(each -> modelFind(model, each, now));
                        assertThat(partition.clear(nowMs)).as(when).isEqualTo(model.size());
                        model.clear();
                    }
                }
            }
            assertSame(partition.find(token, nowMs), modelFind(model, token, nowMs), nowMs, when);
            try {
                partition.checkInvariants();
            } catch (IllegalStateException e) {
                throw new AssertionError(when, e);
            }
        }
    }

    private static ModelSession modelFind(Map<Long, ModelSession> model, long token, long nowMs) {
        ModelSession session = model.get(token);
        if (session == null || session.endMs > nowMs) {
            return session;
        }
        if (session.expiry.deleteSession()) {
            model.remove(token);
            return null;
        }
        session.keys.clear();
        while (session.endMs <= nowMs) {
            session.endMs += session.expiry.durationSeconds() * 1000;
        }
        return session;
    }

    private static void assertSame(Session session, ModelSession expected, long nowMs, String when) {
        assertThat(session == null).as(when).isEqualTo(expected == null);
        if (session != null) {
            assertThat(session.endMs()).as(when).isEqualTo(expected.endMs);
            Set<String> keys = new HashSet<>();
            session.keys()
                    .forEach(found -> keys.add(new String(
                            found,
                            KeyRecord.keyFrom(found),
                            KeyRecord.keyTo(found) - KeyRecord.keyFrom(found),
                            UTF_8)));
            assertThat(keys).as(when).isEqualTo(expected.keys);
            assertThat(session.remainingSeconds(nowMs)).as(when).isGreaterThanOrEqualTo(1);
        }
    }

    private void put(Session session, String key, long nowMs) {
        byte[] text = key.getBytes(UTF_8);
        partition.use(session, nowMs, keys -> keys.put(text, 0, text.length, text, 0, text.length));
    }
}
