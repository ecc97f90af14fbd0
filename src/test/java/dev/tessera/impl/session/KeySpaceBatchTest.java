package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class KeySpaceBatchTest {

    private static final long NOW_MS = 1_800_000_000_000L;
    private static final int BATCHES = 300;

    private final List<Change> changes = new ArrayList<>();
    private final MemoryAccount memory = MemoryAccount.unlimited();
    private final Partition partition = new Partition(
            (kind, session, keyRecord, revision) -> changes.add(new Change(kind, keyRecord, revision)), memory);
    private final Session session = partition.create(1, new byte[0], false, Expiry.NEVER, NOW_MS);
    private final KeySpace keys = session.keys();
    private final long withoutKeysBytes = memory.usedBytes() - keys.memoryBytes();

    private record Change(ChangeKind kind, byte @Nullable [] keyRecord, long revision) {

        String text() {
            return keyRecord == null ? kind.name() : kind + " " + entry(keyRecord);
        }
    }

    /** Everything that an undo restores. */
    private record State(
            List<byte[]> records,
            int size,
            long bytes,
            long nextEndMs,
            boolean anyEnds,
            long memory,
            long keysMemory,
            long revision,
            long lastRevision,
            boolean hasSnapshot) {}

    @Test
    void shouldReportOneChangeForEachKeyWithOneRevision() {
        begin();
        put("kept", "1", KeyRecord.NO_END);
        put("gone", "1", KeyRecord.NO_END);
        changes.clear();

        begin();
        keys.beginBatch();
        put("kept", "2", KeyRecord.NO_END);
        put("kept", "3", KeyRecord.NO_END);
        put("brief", "1", KeyRecord.NO_END);
        put("new", "1", KeyRecord.NO_END);
        remove("brief");
        remove("gone");
        assertThat(changes).isEmpty();
        keys.commitBatch();

        assertThat(changes).extracting(Change::text).containsExactly("UPDATED kept=3", "REMOVED gone=1", "SET new=1");
        assertThat(changes).extracting(Change::revision).containsOnly(session.revision());
        keys.checkInvariants();
    }

    @Test
    void shouldReportTheRemovalOfAKeyThatGetsANewPlace() {
        begin();
        put("a", "1", KeyRecord.NO_END);
        put("b", "1", KeyRecord.NO_END);
        changes.clear();

        begin();
        keys.beginBatch();
        put("c", "1", KeyRecord.NO_END);
        remove("a");
        put("a", "2", KeyRecord.NO_END);
        remove("c");
        put("c", "2", KeyRecord.NO_END);
        keys.commitBatch();

        assertThat(changes).extracting(Change::text).containsExactly("REMOVED a=1", "SET a=2", "SET c=2");
        assertThat(entries()).containsExactly("b=1", "a=2", "c=2");
    }

    @Test
    void shouldReportAClearOnceBeforeTheKeysThatAreLeft() {
        begin();
        put("a", "1", KeyRecord.NO_END);
        changes.clear();

        begin();
        keys.beginBatch();
        put("b", "1", KeyRecord.NO_END);
        keys.clear();
        put("c", "1", KeyRecord.NO_END);
        keys.clear();
        put("d", "1", KeyRecord.NO_END);
        keys.commitBatch();

        assertThat(changes).extracting(Change::text).containsExactly("CLEARED", "SET d=1");
    }

    @Test
    void shouldReportThatOnlyTheEndOfAKeyHasMoved() {
        begin();
        put("a", "1", KeyRecord.NO_END);
        put("b", "1", KeyRecord.NO_END);
        changes.clear();

        begin();
        keys.beginBatch();
        keys.moveEnd(new byte[] {'a'}, 0, 1, NOW_MS + 1);
        keys.moveEnd(new byte[] {'b'}, 0, 1, NOW_MS + 1);
        put("b", "2", NOW_MS + 1);
        keys.commitBatch();

        assertThat(changes).extracting(Change::text).containsExactly("END_MOVED a=1", "UPDATED b=2");
    }

    @Test
    void shouldUseNoRevisionIfTheChangesCancelOut() {
        begin();
        put("a", "1", KeyRecord.NO_END);
        changes.clear();
        State before = state();

        begin();
        keys.beginBatch();
        put("b", "1", KeyRecord.NO_END);
        remove("b");
        keys.commitBatch();

        assertThat(changes).isEmpty();
        assertThat(session.revision()).isEqualTo(before.revision);
        assertThat(partition.revisions().last()).isEqualTo(before.lastRevision);
    }

    @Test
    void shouldCountWhatItKeepsUntilTheEnd() {
        begin();
        put("a", "x".repeat(10_000), KeyRecord.NO_END);
        long before = memory.usedBytes();

        begin();
        keys.beginBatch();
        keys.clear();
        assertThat(memory.usedBytes()).isGreaterThanOrEqualTo(before);
        keys.commitBatch();

        assertThat(keys.memoryBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldUndoAndCommitAsAModelDoes(long seed) {
        Random random = new Random(seed);
        Map<String, String> model = new LinkedHashMap<>();
        for (int i = 0; i < BATCHES; i++) {
            KeySnapshot held = random.nextInt(4) == 0 ? keys.snapshot() : null;
            List<String> heldEntries = held == null ? List.of() : entries(held);
            if (held != null) {
                held.hold(snapshot -> {});
            }
            if (held != null && random.nextBoolean()) {
                begin();
                change(random, 1, model);
            }
            boolean fails = random.nextBoolean();
            begin();
            changes.clear();
            State before = state();
            Map<String, String> expected = fails ? new LinkedHashMap<>(model) : model;
            keys.beginBatch();
            change(random, 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 8), expected);
            assertThat(changes).isEmpty();
            if (fails) {
                keys.undoBatch();
                assertThat(state()).usingRecursiveComparison().isEqualTo(before);
                assertThat(sameRecords(state().records, before.records)).isTrue();
                assertThat(changes).isEmpty();
            } else {
                List<String> replayed = new ArrayList<>(entriesOf(before.records));
                keys.commitBatch();
                replay(replayed);
                assertThat(replayed).isEqualTo(entries());
            }
            assertThat(entries()).isEqualTo(entriesOf(model));
            keys.checkInvariants();
            assertThat(memory.usedBytes() - keys.memoryBytes()).isEqualTo(withoutKeysBytes);
            if (held != null) {
                assertThat(entries(held)).isEqualTo(heldEntries);
                held.release();
            }
        }
    }

    private static boolean sameRecords(List<byte[]> some, List<byte[]> others) {
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i) != others.get(i)) {
                return false;
            }
        }
        return some.size() == others.size();
    }

    private void change(Random random, int count, Map<String, String> model) {
        for (int i = 0; i < count; i++) {
            String key = "k" + random.nextInt(random.nextBoolean() ? 8 : 60);
            String value = Integer.toString(random.nextInt(1000)).repeat(1 + random.nextInt(3));
            long endMs = random.nextInt(3) == 0 ? NOW_MS + 1 + random.nextInt(50) : KeyRecord.NO_END;
            int drawn = random.nextInt(100);
            if (drawn < 50) {
                put(key, value, endMs);
                model.put(key, value);
            } else if (drawn < 60) {
                byte[] text = key.getBytes(UTF_8);
                byte[] json = value.getBytes(UTF_8);
                if (keys.add(text, 0, text.length, json, 0, json.length, endMs)) {
                    model.put(key, value);
                }
            } else if (drawn < 70) {
                byte[] text = key.getBytes(UTF_8);
                assertThat(keys.moveEnd(text, 0, text.length, endMs)).isEqualTo(model.containsKey(key));
            } else if (drawn < 98) {
                remove(key);
                model.remove(key);
            } else {
                assertThat(keys.clear()).isEqualTo(model.size());
                model.clear();
            }
        }
    }

    private void replay(List<String> into) {
        for (Change change : changes) {
            assertThat(change.revision).isEqualTo(session.revision());
            if (change.kind == ChangeKind.CLEARED) {
                assertThat(into).isNotEmpty();
                into.clear();
                continue;
            }
            String entry = entry(change.keyRecord);
            String name = entry.substring(0, entry.indexOf('=') + 1);
            int index = -1;
            for (int i = 0; i < into.size(); i++) {
                index = into.get(i).startsWith(name) ? i : index;
            }
            switch (change.kind) {
                case SET -> {
                    assertThat(index).isEqualTo(-1);
                    into.add(entry);
                }
                case UPDATED -> into.set(index, entry);
                case END_MOVED -> assertThat(into.get(index)).isEqualTo(entry);
                case REMOVED -> into.remove(index);
                default -> throw new AssertionError(change.kind);
            }
        }
    }

    private void begin() {
        partition.begin(NOW_MS);
    }

    private State state() {
        return new State(
                Arrays.asList(keys.copy()),
                keys.heldSize(),
                keys.bytes(),
                keys.nextEndMs(),
                keys.anyEnds(),
                memory.usedBytes(),
                keys.memoryBytes(),
                session.revision(),
                partition.revisions().last(),
                keys.hasSnapshot());
    }

    private void put(String key, String value, long endMs) {
        byte[] text = key.getBytes(UTF_8);
        byte[] json = value.getBytes(UTF_8);
        keys.put(text, 0, text.length, json, 0, json.length, endMs);
    }

    private void remove(String key) {
        byte[] text = key.getBytes(UTF_8);
        keys.remove(text, 0, text.length);
    }

    private List<String> entries() {
        List<String> entries = new ArrayList<>();
        keys.forEachHeld(keyRecord -> entries.add(entry(keyRecord)));
        return entries;
    }

    private static List<String> entries(KeySnapshot snapshot) {
        List<String> entries = new ArrayList<>();
        snapshot.forEach(NOW_MS, keyRecord -> entries.add(entry(keyRecord)));
        return entries;
    }

    private static List<String> entriesOf(List<byte[]> records) {
        return records.stream()
                .filter(keyRecord -> keyRecord != null)
                .map(KeySpaceBatchTest::entry)
                .toList();
    }

    private static List<String> entriesOf(Map<String, String> model) {
        return model.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static String entry(byte[] keyRecord) {
        int keyFrom = KeyRecord.keyFrom(keyRecord);
        int keyTo = KeyRecord.keyTo(keyRecord);
        return new String(keyRecord, keyFrom, keyTo - keyFrom, UTF_8) + "="
                + new String(keyRecord, keyTo, keyRecord.length - keyTo, UTF_8);
    }
}
