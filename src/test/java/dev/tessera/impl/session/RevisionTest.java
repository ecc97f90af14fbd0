package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class RevisionTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final byte[] NAME = "name".getBytes(UTF_8);

    private final List<String> told = new ArrayList<>();
    private final AtomicLong ceiling = new AtomicLong(Long.MAX_VALUE);
    private final Partition partition = new Partition(
            (kind, session, keyRecord, revision) -> told.add(kind + "@" + revision),
            MemoryAccount.unlimited(),
            ceiling::get,
            KeyOrder.random());

    @AfterEach
    void shouldKeepItsInvariants() {
        partition.checkInvariants();
    }

    private Session create() {
        return Objects.requireNonNull(partition.create(1, NAME, false, Expiry.NEVER, NOW));
    }

    private static void put(KeySpace keys, String key, long endMs) {
        byte[] text = key.getBytes(UTF_8);
        keys.put(text, 0, text.length, text, 0, text.length, endMs);
    }

    private static long revision(KeySpace keys, String key) {
        byte[] text = key.getBytes(UTF_8);
        return KeyRecord.revision(Objects.requireNonNull(keys.get(text, 0, text.length)));
    }

    @Test
    void shouldBeAtLeastTheTimeInMicroseconds() {
        Session session = create();

        assertThat(session.revision()).isEqualTo(NOW * 1000);

        partition.use(session, NOW, keys -> put(keys, "a", KeyRecord.NO_END));

        assertThat(session.revision()).isEqualTo(NOW * 1000 + 1);
        assertThat(revision(session.keys(), "a")).isEqualTo(session.revision());
    }

    @Test
    void shouldBeTheSameForAllChangesOfACommand() {
        Session session = create();

        partition.use(session, NOW + 1, keys -> {
            put(keys, "a", KeyRecord.NO_END);
            put(keys, "b", KeyRecord.NO_END);
            put(keys, "a", KeyRecord.NO_END);
        });

        assertThat(revision(session.keys(), "a")).isEqualTo((NOW + 1) * 1000);
        assertThat(revision(session.keys(), "b")).isEqualTo((NOW + 1) * 1000);
    }

    @Test
    void shouldGrowThoughTheClockStandsStillOrGoesBack() {
        Session session = create();
        long before = session.revision();

        partition.use(session, NOW, keys -> put(keys, "a", KeyRecord.NO_END));
        partition.use(session, NOW - 5000, keys -> put(keys, "a", KeyRecord.NO_END));

        assertThat(session.revision()).isEqualTo(before + 2);
    }

    @Test
    void shouldNotBeUsedByACommandThatChangesNothing() {
        Session session = create();
        long before = partition.revisions().last();

        partition.use(session, NOW + 1, keys -> keys.clear());
        partition.use(session, NOW + 1, keys -> keys.remove(NAME, 0, NAME.length));

        assertThat(partition.revisions().last()).isEqualTo(before);
    }

    @Test
    void shouldGiveAnExpiryARevisionBeforeThatOfTheCommandThatMeetsIt() {
        Session session = create();
        partition.use(session, NOW, keys -> put(keys, "a", NOW + 10));
        told.clear();

        partition.use(session, NOW + 10, keys -> {
            keys.expire("a".getBytes(UTF_8), 0, 1);
            put(keys, "b", KeyRecord.NO_END);
            put(keys, "a", KeyRecord.NO_END);
        });

        long expired = (NOW + 10) * 1000;
        assertThat(told)
                .containsExactly("KEY_EXPIRED@" + expired, "SET@" + (expired + 1), "SET@" + (expired + 1), "APPLIED@0");
    }

    @Test
    void shouldStayBelowTheCeilingWhileOnlyTimePasses() {
        ceiling.set(NOW * 1000 + 5);
        Session session = create();

        partition.use(session, NOW + 60_000, keys -> put(keys, "a", KeyRecord.NO_END));

        assertThat(session.revision()).isEqualTo(NOW * 1000 + 5);
    }

    @Test
    void shouldContinueAboveARevisionOfAnotherOwner() {
        partition.revisions().continueAbove(NOW * 1000 + 77);

        assertThat(create().revision()).isEqualTo(NOW * 1000 + 78);
        assertThat(partition.revisions().floor()).isZero();

        partition.revisions().forgetHistory();

        assertThat(partition.revisions().floor()).isEqualTo(NOW * 1000 + 78);
    }

    @Test
    void shouldComeWithRestoredChanges() {
        PartitionRestorer restorer = partition.restorer();
        Session session = restorer.create(1, NAME, false, Expiry.NEVER, Expiry.NEVER_MS, 5_000_000_000_000_000L);
        restorer.remove(session, NAME, 0, NAME.length, 5_000_000_000_000_007L);

        assertThat(session.revision()).isEqualTo(5_000_000_000_000_007L);

        partition.use(session, NOW, keys -> put(keys, "a", KeyRecord.NO_END));

        assertThat(session.revision()).isEqualTo(5_000_000_000_000_008L);
    }
}
