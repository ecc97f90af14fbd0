package dev.tessera.impl.command.parameter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.json.Slice;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class KeysTest {

    /** Below, at and above the number of keys that needs a table, and while the table grows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 100, 2000})
    void shouldKeepEveryKeyOnceInTheOrderOfItsFirstNaming(int different) {
        long seed = 500L + different;
        Random random = new Random(seed);
        var text = new StringBuilder();
        List<int[]> named = new ArrayList<>();
        for (int i = 0; i < different * 3; i++) {
            int from = text.length();
            text.append("k".repeat(random.nextInt(2))).append(random.nextInt(different));
            named.add(new int[] {from, text.length()});
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        Entries entries = new Entries();
        Map<String, Integer> model = new LinkedHashMap<>();
        Slice slice = new Slice();
        for (int i = 0; i < named.size(); i++) {
            slice.set(bytes, named.get(i)[0], named.get(i)[1]);
            String key = slice.toString();
            int index = entries.add(slice);
            slice.set(bytes, i, i);
            entries.value(index, slice);
            model.put(key, i);
            assertThat(entries.size()).as("seed %d, key %d", seed, i).isEqualTo(model.size());
        }

        List<String> kept = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            kept.add(new String(entries.text(), entries.from(i), entries.to(i) - entries.from(i), UTF_8));
            values.add(entries.valueFrom(i));
            assertThat(entries.valueTo(i)).isEqualTo(entries.valueFrom(i));
        }
        assertThat(kept).as("seed %d", seed).containsExactlyElementsOf(model.keySet());
        assertThat(values).as("the last value of each, seed %d", seed).containsExactlyElementsOf(model.values());
    }
}
