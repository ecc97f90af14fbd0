package dev.tessera.impl.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.jsonpath.JsonPath;
import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests on random values in all spellings that a change keeps each byte that it does not touch. */
@Tag(Layer.MODEL)
class EditModelTest {

    private static final String MARKER = " [ 1.0 ] ";

    private final long seed = System.nanoTime();
    private final RandomJson json = new RandomJson(new Random(seed));

    /** Each place of a value as a JSONPath and as a pointer, if the path selects it alone. */
    private record Target(String path, String pointer) {}

    private static List<Target> places(String value) {
        byte[] text = value.getBytes(UTF_8);
        List<String> paths = new ArrayList<>();
        JsonPath.compile("$..*").forEach(text, 0, text.length, Budgets.unlimited(), node -> paths.add(node.path()));
        // The path of a repeated name selects inside the last member of this name alone.
        return paths.stream()
                .distinct()
                .filter(path -> JsonPath.compile(path).matches(text, 0, text.length, Budgets.unlimited()))
                .map(path -> new Target(path, pointer(path)))
                .toList();
    }

    /** Returns the pointer in JSON text, without its quotes. */
    private static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 1; i < path.length(); ) {
            pointer.append('/');
            if (path.charAt(i + 1) == '\'') {
                i += 2;
                for (; path.charAt(i) != '\''; i++) {
                    char c = path.charAt(i);
                    if (c == '\\' && path.charAt(i + 1) == 'u') {
                        c = (char) Integer.parseInt(path.substring(i + 2, i + 6), 16);
                        i += 5;
                    } else if (c == '\\') {
                        i++;
                        int letter = "btnfr".indexOf(path.charAt(i));
                        c = letter < 0 ? path.charAt(i) : "\b\t\n\f\r".charAt(letter);
                    }
                    pointer.append(c == '~' ? "~0" : c == '/' ? "~1" : String.valueOf(c));
                }
                i += 2;
            } else {
                int end = path.indexOf(']', i);
                pointer.append(path, i + 1, end);
                i = end + 1;
            }
        }
        return new String(JsonString.canonical(pointer.toString()), UTF_8);
    }

    private static String update(String value, String path, String replacement) {
        byte[] text = value.getBytes(UTF_8);
        return new String(
                JsonPath.compile(path)
                        .update(
                                text,
                                0,
                                text.length,
                                replacement.getBytes(UTF_8),
                                Patches.BYTES_MAX,
                                Budgets.unlimited())
                        .json(),
                UTF_8);
    }

    @Test
    void shouldReplaceAPlaceAsAnUpdateDoes() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            String value = json.value(4);
            for (Target target : places(value)) {
                String patched = Patches.patch(value, """
                        [{"op":"replace","path":"%s","value":%s}]""".formatted(target.pointer(), MARKER));

                assertThat(patched)
                        .as("seed %d: %s at %s", seed, value, target)
                        .isEqualTo(update(value, target.path(), MARKER.strip()));
            }
        }
    }

    @Test
    void shouldRestoreTheTextByTheOppositeOperation() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            String value = json.value(4);
            if (value.startsWith("{") && !value.matches("\\{\\s+}")) {
                String added = Patches.merge(value, "{\"a name of its own\":{\"b\":1}}");
                assertThat(Patches.merge(added, "{\"a name of its own\":null}"))
                        .as("seed %d", seed)
                        .isEqualTo(value);
            }
            for (Target target : places(value)) {
                String moved = """
                        [{"op":"copy","from":"%1$s","path":"%1$s"}]""".formatted(target.pointer());
                String tested = """
                        [{"op":"test","path":"","value":%s},{"op":"add","path":"","value":%s}]""".formatted(value, value);
                assertThat(Patches.patch(value, tested))
                        .as("seed %d: %s", seed, value)
                        .isEqualTo(value);
                if (!target.path().matches(".*\\[[0-9]+]")) {
                    assertThat(Patches.patch(value, moved))
                            .as("seed %d: %s at %s", seed, value, target)
                            .isEqualTo(value);
                }
            }
        }
    }

    @Test
    void shouldFindEachValueEqualToItself() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            String value = json.value(4);
            assertThat(Patches.patch(value, """
                    [{"op":"test","path":"","value":%s}]""".formatted(value)))
                    .as("seed %d", seed)
                    .isEqualTo(value);
        }
    }
}
