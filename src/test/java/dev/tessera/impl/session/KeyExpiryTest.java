package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys stop existing exactly at their ends, whatever has been reclaimed. */
@Tag(Layer.UNIT)
class KeyExpiryTest {

    private static final long NOW = 1_000_000;
    private static final byte[] NAME = "name".getBytes(UTF_8);
    private static final int ALL = Integer.MAX_VALUE;

    private final List<String> expired = new ArrayList<>();
    private final Partition partition = new Partition(
            (kind, session, keyRecord, revision) -> {
                if (kind == ChangeKind.KEY_EXPIRED) {
                    expired.add(key(Objects.requireNonNull(keyRecord)));
                }
            },
            new MemoryAccount(new MemoryBudget(DataLimits.NONE, 1)));
    private final Session session = Objects.requireNonNull(partition.create(1, NAME, false, Expiry.NEVER, NOW));
    private final KeySpace keys = session.keys();

    @AfterEach
    void shouldKeepItsInvariants() {
        partition.checkInvariants();
    }

    private static String key(byte[] keyRecord) {
        int from = KeyRecord.keyFrom(keyRecord);
        return new String(keyRecord, from, KeyRecord.keyTo(keyRecord) - from, UTF_8);
    }

    private void put(long nowMs, String key, long endMs) {
        byte[] text = key.getBytes(UTF_8);
        partition.use(session, nowMs, used -> used.put(text, 0, text.length, text, 0, text.length, endMs));
    }

    private boolean exists(long nowMs, String key) {
        byte[] text = key.getBytes(UTF_8);
        boolean[] found = new boolean[1];
        partition.use(session, nowMs, used -> found[0] = used.contains(text, 0, text.length));
        return found[0];
    }

    private int size(long nowMs) {
        int[] size = new int[1];
        partition.use(session, nowMs, used -> size[0] = used.size());
        return size[0];
    }

    @Test
    void shouldHideAKeyExactlyFromItsEnd() {
        put(NOW, "a", NOW + 10);
        put(NOW, "b", KeyRecord.NO_END);

        assertThat(exists(NOW + 9, "a")).isTrue();
        assertThat(size(NOW + 9)).isEqualTo(2);
        assertThat(exists(NOW + 10, "a")).isFalse();
        assertThat(size(NOW + 10)).isEqualTo(1);
        assertThat(partition.keyCount(NOW + 10)).isEqualTo(1);
        assertThat(partition.heldKeys()).as("a read removes nothing").isEqualTo(2);
        assertThat(expired).isEmpty();
    }

    @Test
    void shouldReclaimWithoutAnyAccess() {
        for (int i = 0; i < 100; i++) {
            put(NOW, "k" + i, NOW + 10);
        }
        long usedBytes = partition.memory().usedBytes();

        assertThat(partition.sweep(NOW + 9, ALL)).isZero();
        assertThat(partition.sweep(NOW + 10, ALL)).isPositive();

        assertThat(partition.heldKeys()).isZero();
        assertThat(expired).hasSize(100);
        assertThat(partition.memory().usedBytes()).isLessThan(usedBytes / 4);
    }

    @Test
    void shouldReclaimInBoundedSteps() {
        for (int i = 0; i < 1000; i++) {
            put(NOW, "k" + i, NOW + 1 + i % 7);
        }

        assertThat(partition.sweep(NOW + 100, 10)).isEqualTo(10);

        assertThat(expired).hasSizeBetween(9, 10);
        assertThat(size(NOW + 100)).isZero();
    }

    /** The journal contains the names, so a step must not remove many long ones, in whatever sessions they are. */
    @Test
    void shouldBoundTheNamesOfOneStep() {
        String prefix = "x".repeat(10_000);
        for (int i = 0; i < 50; i++) {
            put(NOW, prefix + i, NOW + 10);
        }
        int steps = 0;
        int before;
        int looked;
        do {
            before = expired.size();
            looked = partition.sweep(NOW + 10, 1000);
            steps++;
            assertThat(expired.size() - before).isLessThanOrEqualTo(7);
        } while (looked == 1000);

        assertThat(partition.heldKeys()).isZero();
        assertThat(steps).isBetween(8, 9);
        assertThat(partition.memory().budget().expired()).isEqualTo(50);
    }

    @Test
    void shouldMakeAnEndedKeyAnewAsTheLastOne() {
        put(NOW, "a", NOW + 10);
        put(NOW, "b", KeyRecord.NO_END);

        put(NOW + 10, "a", KeyRecord.NO_END);

        List<String> order = new ArrayList<>();
        keys.forEach(one -> order.add(key(one)));
        assertThat(order).containsExactly("b", "a");
        assertThat(expired).containsExactly("a");
    }

    @Test
    void shouldNotClearKeysThatHaveEnded() {
        put(NOW, "a", NOW + 10);
        put(NOW, "b", KeyRecord.NO_END);
        int[] cleared = new int[1];

        partition.use(session, NOW + 10, used -> cleared[0] = used.clear());

        assertThat(cleared[0]).isEqualTo(1);
        assertThat(partition.heldKeys()).isZero();
    }

    @Test
    void shouldMoveEnds() {
        put(NOW, "a", NOW + 10);
        byte[] text = "a".getBytes(UTF_8);

        partition.use(session, NOW, used -> used.moveEnd(text, 0, 1, NOW + 100));
        assertThat(exists(NOW + 10, "a")).isTrue();
        partition.use(session, NOW, used -> used.moveEnd(text, 0, 1, NOW + 5));
        assertThat(exists(NOW + 5, "a")).isFalse();
        assertThat(partition.sweep(NOW + 5, ALL)).isPositive();
        assertThat(partition.heldKeys()).isZero();
    }

    @Test
    void shouldKeepNothingForKeysWithoutEnds() {
        for (int i = 0; i < 20; i++) {
            put(NOW, "k" + i, KeyRecord.NO_END);
        }
        long without = keys.memoryBytes();
        put(NOW, "k0", NOW + 10);
        assertThat(keys.memoryBytes()).isGreaterThan(without);

        put(NOW, "k0", KeyRecord.NO_END);

        assertThat(keys.memoryBytes()).isEqualTo(without);
    }

    @Test
    void shouldAgreeWithAModelUnderRandomOperations() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            Map<String, Long> model = new LinkedHashMap<>();
            long nowMs = NOW;
            partition.use(session, nowMs, KeySpace::clear);
            partition.sweep(nowMs + 1_000_000, ALL);
            for (int step = 0; step < 2000; step++) {
                String when = "seed " + seed + ", step " + step;
                String name = "k" + random.nextInt(step < 1000 ? 300 : 40);
                byte[] text = name.getBytes(UTF_8);
                long now = nowMs;
                model.values().removeIf(endMs -> endMs <= now);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> {
                        long endMs = random.nextBoolean() ? KeyRecord.NO_END : nowMs + 1 + random.nextInt(200);
                        put(nowMs, name, endMs);
                        model.put(name, endMs);
                    }
                    case 3 -> {
                        partition.use(session, nowMs, used -> used.remove(text, 0, text.length));
                        model.remove(name);
                    }
                    case 4 -> {
                        long endMs = nowMs + 1 + random.nextInt(200);
                        partition.use(session, nowMs, used -> used.moveEnd(text, 0, text.length, endMs));
                        model.computeIfPresent(name, (key, before) -> endMs);
                    }
                    case 5 -> partition.sweep(nowMs, 1 + random.nextInt(20));
                    case 6 -> nowMs += random.nextInt(30);
                    default -> assertThat(exists(nowMs, name)).as(when).isEqualTo(model.containsKey(name));
                }
                long later = nowMs;
                model.values().removeIf(endMs -> endMs <= later);
                assertThat(size(nowMs)).as(when).isEqualTo(model.size());
                if (step % 50 == 0) {
                    partition.checkInvariants();
                    List<String> present = new ArrayList<>();
                    keys.forEach(one -> present.add(key(one)));
                    assertThat(present).as(when).containsExactlyInAnyOrderElementsOf(model.keySet());
                    assertThat(partition.keyCount(nowMs)).as(when).isEqualTo(model.size());
                }
            }
        }
    }
}
