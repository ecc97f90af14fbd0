package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ChangeListenerTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final long LATER = NOW + 10_000;
    private static final byte[] NAME = {'n'};
    private static final Expiry GONE_AFTER_10_S = new Expiry(10, true);
    private static final Expiry EMPTY_AFTER_10_S = new Expiry(10, false);

    private final List<String> told = new ArrayList<>();
    private final Partition partition = new Partition(new Recorder());

    /** Records every change as one line. */
    private final class Recorder implements ChangeListener {

        @Override
        public void changed(ChangeKind kind, @Nullable Session session, byte @Nullable [] keyRecord, long revision) {
            if (kind == ChangeKind.ADOPTED) {
                changedStepwise(requireNonNull(session));
                return;
            }
            String event = kind.name().toLowerCase(Locale.ROOT) + " "
                    + (session == null ? "null" : Long.toString(session.token()));
            told.add(keyRecord == null ? event : event + " " + text(keyRecord));
        }

        private static String text(byte[] keyRecord) {
            return new String(
                            keyRecord,
                            KeyRecord.keyFrom(keyRecord),
                            KeyRecord.keyTo(keyRecord) - KeyRecord.keyFrom(keyRecord),
                            UTF_8)
                    + "="
                    + new String(
                            keyRecord,
                            KeyRecord.valueFrom(keyRecord),
                            keyRecord.length - KeyRecord.valueFrom(keyRecord),
                            UTF_8);
        }
    }

    @AfterEach
    void shouldKeepItsInvariants() {
        partition.checkInvariants();
    }

    @Test
    void shouldReportAnAdoptedSessionAsOneChange() {
        Session prepared = partition.prepare(5, NAME, false, GONE_AFTER_10_S);
        byte[] text = {'a', '1', 'b', '2'};
        prepared.keys().put(text, 0, 1, text, 1, 2);
        prepared.keys().put(text, 2, 3, text, 3, 4);
        assertThat(told).isEmpty();

        assertThat(partition.adopt(prepared, NOW)).isTrue();
        assertThat(told).containsExactly("created 5", "set 5 a=1", "set 5 b=2", "applied 5");
        told.clear();
        Session late = partition.prepare(5, NAME, false, Expiry.NEVER);
        assertThat(partition.adopt(late, NOW)).isFalse();
        late.discard();
        assertThat(told).isEmpty();
        partition.use(prepared, NOW, keys -> keys.remove(text, 0, 1));
        assertThat(told).containsExactly("removed 5 a=1", "applied 5");
    }

    @Test
    void shouldReportChangesOfKeys() {
        Session session = partition.create(7, NAME, false, Expiry.NEVER, NOW);

        use(session, keys -> {
            put(keys, "a", "1");
            put(keys, "a", "2");
            add(keys, "a", "3");
            add(keys, "b", "4");
            remove(keys, "c");
            remove(keys, "a");
        });

        assertThat(told)
                .containsExactly("created 7", "set 7 a=1", "updated 7 a=2", "set 7 b=4", "removed 7 a=2", "applied 7");
    }

    @Test
    void shouldReportTheRemovalOfTheLastKeyAndNoClear() {
        Session session = withKey(7, Expiry.NEVER);

        use(session, keys -> remove(keys, "a"));

        assertThat(told).containsExactly("removed 7 a=1", "applied 7");
    }

    @Test
    void shouldReportAClearOnlyIfThereWereKeys() {
        Session session = withKey(7, Expiry.NEVER);

        use(session, KeySpace::clear);
        use(session, KeySpace::clear);

        assertThat(told).containsExactly("cleared 7", "applied 7", "applied 7");
    }

    @Test
    void shouldCloseTheChangesOfACommandThatFails() {
        Session session = partition.create(7, NAME, false, Expiry.NEVER, NOW);

        assertThatThrownBy(() -> use(session, keys -> {
                    put(keys, "a", "1");
                    throw new IllegalStateException("half-way");
                }))
                .hasMessage("half-way");

        assertThat(told).containsExactly("created 7", "set 7 a=1", "applied 7");
    }

    @Test
    void shouldReportAnExpiryOnceWhetherFoundOrSwept() {
        withKey(1, GONE_AFTER_10_S);
        withKey(2, GONE_AFTER_10_S);
        withKey(3, EMPTY_AFTER_10_S);
        withKey(4, EMPTY_AFTER_10_S);

        partition.find(1, LATER);
        partition.find(3, LATER);
        assertThat(told).containsExactly("expired 1", "expired 3");

        told.clear();
        partition.sweep(LATER, Integer.MAX_VALUE);
        assertThat(told).containsExactlyInAnyOrder("expired 2", "expired 4");
    }

    @Test
    void shouldReportNothingWhenAnEmptySessionRestarts() {
        partition.create(7, NAME, false, EMPTY_AFTER_10_S, NOW);
        told.clear();

        partition.find(7, LATER);

        assertThat(told).isEmpty();
    }

    @Test
    void shouldReportTheExpiryOfAnEmptySession() {
        partition.create(7, NAME, false, GONE_AFTER_10_S, NOW);
        told.clear();

        partition.create(7, NAME, false, GONE_AFTER_10_S, LATER);

        assertThat(told).containsExactly("expired 7", "created 7");
    }

    @Test
    void shouldReportTheEndOfEverySession() {
        partition.remove(withKey(1, Expiry.NEVER), 0);
        withKey(2, GONE_AFTER_10_S);
        assertThat(told).containsExactly("ended 1");
        told.clear();
        partition.create(3, NAME, false, Expiry.NEVER, NOW);
        partition.create(4, NAME, false, EMPTY_AFTER_10_S, NOW);
        told.clear();

        partition.clear(LATER);

        assertThat(told).containsExactlyInAnyOrder("expired 2", "ended 3", "ended 4");
    }

    @Test
    void shouldReportTheClearOfGlobalKeysOneByOne() {
        KeySpace keys = partition.globalKeys();
        put(keys, "a", "1");
        put(keys, "b", "2");
        put(keys, "b", "3");
        put(keys, "c", "4");
        remove(keys, "a");
        assertThat(told)
                .containsExactly(
                        "set null a=1", "set null b=2", "updated null b=3", "set null c=4", "removed null a=1");
        told.clear();

        keys.clear();
        keys.clear();

        assertThat(told).containsExactly("removed null b=3", "removed null c=4");
    }

    private Session withKey(long token, Expiry expiry) {
        List<String> before = List.copyOf(told);
        Session session = partition.create(token, NAME, false, expiry, NOW);
        use(session, keys -> put(keys, "a", "1"));
        told.clear();
        told.addAll(before);
        return session;
    }

    private void use(Session session, Consumer<KeySpace> action) {
        partition.use(session, NOW, action);
    }

    private static void put(KeySpace keys, String key, String value) {
        byte[] text = key.getBytes(UTF_8);
        keys.put(text, 0, text.length, value.getBytes(UTF_8), 0, value.length(), KeyRecord.NO_END);
    }

    private static void add(KeySpace keys, String key, String value) {
        byte[] text = key.getBytes(UTF_8);
        keys.add(text, 0, text.length, value.getBytes(UTF_8), 0, value.length(), KeyRecord.NO_END);
    }

    private static void remove(KeySpace keys, String key) {
        byte[] text = key.getBytes(UTF_8);
        keys.remove(text, 0, text.length);
    }
}
