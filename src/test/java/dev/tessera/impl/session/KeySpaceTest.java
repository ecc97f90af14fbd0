package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class KeySpaceTest {

    private final KeySpace keys = new KeySpace();

    @Test
    void shouldBeEmptyAtFirst() {
        assertThat(keys.size()).isZero();
        assertThat(get("a")).isNull();
        assertThat(contains("a")).isFalse();
        assertThat(remove("a")).isFalse();
        assertThat(keys.clear()).isZero();
        assertThat(entries()).isEmpty();
        keys.checkInvariants();
    }

    @Test
    void shouldReturnWhetherAKeyWasReplaced() {
        assertThat(put("a", "1")).isFalse();
        assertThat(put("a", "22")).isTrue();
        assertThat(get("a")).isEqualTo("22");
        assertThat(keys.size()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAnExistingKeyWhenAdding() {
        assertThat(add("a", "1")).isTrue();
        assertThat(add("a", "2")).isFalse();
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    void shouldStoreTheEmptyKeyAndTheEmptyValue() {
        put("", "1");
        put("a", "");

        assertThat(get("")).isEqualTo("1");
        assertThat(get("a")).isEmpty();
        assertThat(remove("")).isTrue();
        assertThat(contains("")).isFalse();
    }

    @Test
    void shouldDistinguishKeysFromTheirPrefixes() {
        put("abc", "1");

        assertThat(contains("ab")).isFalse();
        assertThat(contains("abcd")).isFalse();
        assertThat(contains("")).isFalse();
    }

    @Test
    void shouldCopyWhatItStores() {
        byte[] text = "key:value".getBytes(UTF_8);
        keys.put(text, 0, 3, text, 4, 9);
        java.util.Arrays.fill(text, (byte) 'x');

        assertThat(get("key")).isEqualTo("value");
    }

    @Test
    void shouldNeverChangeAReturnedRecord() {
        put("a", "1");
        byte[] before = keys.get(new byte[] {'a'}, 0, 1);
        byte[] copy = before.clone();
        put("a", "2");
        remove("a");

        assertThat(before).isEqualTo(copy);
    }

    @Test
    void shouldKeepThePositionOfAReplacedKeyAndAppendARemovedOne() {
        for (String key : List.of("a", "b", "c")) {
            put(key, "1");
        }
        put("a", "2");
        remove("b");
        put("b", "2");

        assertThat(entries()).containsExactly("a=2", "c=1", "b=2");
    }

    /** Tests sizes around the limit for a table, and grows and shrinks across it repeatedly. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 24, 25, 33})
    void shouldWorkAtSize(int size) {
        for (int round = 0; round < 3; round++) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                assertThat(put("key" + i, "" + i)).isFalse();
                keys.checkInvariants();
                expected.add("key" + i + "=" + i);
                assertThat(entries()).isEqualTo(expected);
                for (int j = 0; j < size; j++) {
                    assertThat(contains("key" + j)).as("key%d of %d", j, i).isEqualTo(j <= i);
                }
            }
            for (int i = 0; i < size; i++) {
                assertThat(remove("key" + i)).isTrue();
                keys.checkInvariants();
                expected.remove(0);
                assertThat(entries()).isEqualTo(expected);
                assertThat(contains("key" + i)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 200})
    void shouldWorkWhenOneKeyIsAddedAndRemovedForEver(int others) {
        for (int i = 0; i < others; i++) {
            put("other" + i, "0");
        }
        for (int i = 0; i < 5_000; i++) {
            assertThat(put("coming" + i, "1")).isFalse();
            assertThat(remove("coming" + i)).isTrue();
        }
        keys.checkInvariants();

        assertThat(keys.size()).isEqualTo(others);
        assertThat(contains("other0")).isTrue();
        assertThat(contains("coming4999")).isFalse();
    }

    @Test
    void shouldHoldManyKeysAndShrinkAgain() {
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            put("user:" + i, "{\"n\":" + i + "}");
        }
        assertThat(keys.size()).isEqualTo(count);
        for (int i = 0; i < count; i += 7) {
            assertThat(get("user:" + i)).isEqualTo("{\"n\":" + i + "}");
        }
        assertThat(contains("user:" + count)).isFalse();
        for (int i = 0; i < count - 5; i++) {
            assertThat(remove("user:" + i)).isTrue();
        }
        keys.checkInvariants();

        assertThat(entries()).hasSize(5).first().isEqualTo("user:" + (count - 5) + "={\"n\":" + (count - 5) + "}");
        assertThat(keys.clear()).isEqualTo(5);
        keys.checkInvariants();
        assertThat(entries()).isEmpty();
        assertThat(put("again", "1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12, 60, 400})
    void shouldBehaveAsALinkedHashMap(int keyCount) {
        long seed = 100L + keyCount;
        Random random = new Random(seed);
        Map<String, String> model = new LinkedHashMap<>();
        for (int i = 0; i < 6_000; i++) {
            // Long phases of growth and of shrinking cover all sizes.
            boolean growing = i / (keyCount * 4) % 2 == 0;
            String key = "k" + random.nextInt(keyCount);
            String value = "v".repeat(random.nextInt(4)) + i;
            String when = "seed " + seed + ", step " + i;
            int choice = random.nextInt(100);
            if (choice == 0 && random.nextInt(5) == 0) {
                assertThat(keys.clear()).as(when).isEqualTo(model.size());
                model.clear();
            } else if (choice < (growing ? 40 : 8)) {
                assertThat(put(key, value)).as(when).isEqualTo(model.put(key, value) != null);
            } else if (choice < (growing ? 65 : 15)) {
                assertThat(add(key, value)).as(when).isEqualTo(model.putIfAbsent(key, value) == null);
            } else if (choice < 80) {
                assertThat(remove(key)).as(when).isEqualTo(model.remove(key) != null);
            } else {
                assertThat(get(key)).as(when).isEqualTo(model.get(key));
                assertThat(contains(key)).as(when).isEqualTo(model.containsKey(key));
            }
            keys.checkInvariants();
            assertThat(keys.size()).as(when).isEqualTo(model.size());
            if (i % 16 == 0) {
                List<String> expected = new ArrayList<>();
                model.forEach((name, text) -> expected.add(name + "=" + text));
                assertThat(entries()).as(when).isEqualTo(expected);
            }
        }
    }

    private boolean put(String key, String value) {
        byte[] text = ("#" + key + value + "#").getBytes(UTF_8);
        return keys.put(text, 1, 1 + key.length(), text, 1 + key.length(), text.length - 1);
    }

    private boolean add(String key, String value) {
        byte[] text = ("#" + key + value + "#").getBytes(UTF_8);
        return keys.add(text, 1, 1 + key.length(), text, 1 + key.length(), text.length - 1, KeyRecord.NO_END);
    }

    private boolean remove(String key) {
        return keys.remove(key.getBytes(UTF_8), 0, key.length());
    }

    private boolean contains(String key) {
        return keys.contains(key.getBytes(UTF_8), 0, key.length());
    }

    private String get(String key) {
        byte[] found = keys.get(("#" + key).getBytes(UTF_8), 1, 1 + key.length());
        return found == null
                ? null
                : new String(found, KeyRecord.valueFrom(found), found.length - KeyRecord.valueFrom(found), UTF_8);
    }

    private List<String> entries() {
        List<String> entries = new ArrayList<>();
        keys.forEach(found -> entries.add(new String(
                        found, KeyRecord.keyFrom(found), KeyRecord.keyTo(found) - KeyRecord.keyFrom(found), UTF_8)
                + "="
                + new String(found, KeyRecord.valueFrom(found), found.length - KeyRecord.valueFrom(found), UTF_8)));
        return entries;
    }
}
