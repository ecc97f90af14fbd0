package dev.tessera.impl.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A comparison of our patches with Parsson, on random values and patches. */
@Tag(Layer.MODEL)
class EditDifferentialTest {

    private static final String[] NAMES = {"a", "b", "c", "", "0", "1", "x/y", "m~n", "é"};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldPatchAsParsson() throws Exception {
        int applied = 0;
        for (int i = 0; i < 5_000; i++) {
            String value = value(4);
            String patch = patch(parse(value));
            JsonValue expected;
            try {
                expected = patchedByParsson(value, patch);
                applied++;
            } catch (JsonException e) {
                expected = null;
            }
            assertThat(patched(value, patch))
                    .as("seed %d: %s patched with %s", seed, value, patch)
                    .isEqualTo(expected);
        }
        assertThat(applied).as("seed %d", seed).isGreaterThan(500);
    }

    /** Patches the value as a member of an object, because Parsson patches objects and arrays alone. */
    private static JsonValue patchedByParsson(String value, String patch) {
        String inside = patch.replace("\"path\":\"", "\"path\":\"/v").replace("\"from\":\"", "\"from\":\"/v");
        JsonObject whole = Json.createObjectBuilder().add("v", parse(value)).build();
        return Json.createPatch(parse(inside).asJsonArray()).apply(whole).get("v");
    }

    private static JsonValue patched(String value, String patch) throws PatchSyntaxException {
        try {
            return parse(Patches.patch(value, patch));
        } catch (EditException e) {
            return null;
        }
    }

    @Test
    void shouldMergeAsParsson() {
        for (int i = 0; i < 5_000; i++) {
            String value = value(4);
            String patch = value(4);

            JsonValue expected = Json.createMergePatch(parse(patch)).apply(parse(value));
            assertThat(parse(Patches.merge(value, patch)))
                    .as("seed %d: %s merged with %s", seed, value, patch)
                    .isEqualTo(expected);
        }
    }

    private static JsonValue parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    private String value(int depth) {
        StringBuilder text = new StringBuilder();
        int kind = random.nextInt(depth > 0 ? 8 : 4);
        switch (kind) {
            case 0 -> text.append("null");
            case 1 -> text.append(random.nextInt(3));
            case 2 -> text.append('"').append(name()).append('"');
            case 3 -> text.append(random.nextBoolean());
            case 4, 5 -> {
                text.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.append(space())
                            .append(value(depth - 1))
                            .append(space())
                            .append(i == 1 ? "" : ",");
                }
                text.append(']');
            }
            default -> {
                text.append('{');
                List<String> names = new ArrayList<>(List.of(NAMES));
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.append(space())
                            .append('"')
                            .append(names.remove(random.nextInt(names.size())))
                            .append('"')
                            .append(space())
                            .append(':')
                            .append(space())
                            .append(value(depth - 1))
                            .append(i == 1 ? "" : ",");
                }
                text.append('}');
            }
        }
        return text.toString();
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private String space() {
        return random.nextInt(4) == 0 ? " " : "";
    }

    private String patch(JsonValue value) {
        StringBuilder patch = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            patch.append(operation(value)).append(i == 1 ? "" : ",");
        }
        return patch.append(']').toString();
    }

    private String operation(JsonValue value) {
        Place place = place(value);
        String path = place.pointer();
        int kind = random.nextInt(path.isEmpty() ? 4 : 5);
        if (kind < 2) {
            return """
                    {"op":"%s","path":"%s","value":%s}""".formatted(kind == 0 ? "add" : "replace", path, value(2));
        }
        if (kind == 2) {
            return """
                    {"op":"test","path":"%s","value":%s}""".formatted(path, place.value() == null ? "0" : place.value());
        }
        if (kind == 4) {
            return """
                    {"op":"remove","path":"%s"}""".formatted(path);
        }
        String from = place(value).pointer();
        // Parsson takes /ab for a place inside /a, so such a move is not compared.
        boolean inside = path.startsWith(from);
        return """
                {"op":"%s","from":"%s","path":"%s"}""".formatted(inside || random.nextBoolean() ? "copy" : "move", from, path);
    }

    private record Place(String pointer, @Nullable JsonValue value) {}

    /** Returns a place that may not exist. */
    private Place place(JsonValue value) {
        StringBuilder pointer = new StringBuilder();
        JsonValue found = value;
        while (random.nextInt(5) > 0) {
            pointer.append('/');
            if (found instanceof JsonArray array && random.nextInt(8) > 0) {
                int index = random.nextInt(array.size() + 1);
                pointer.append(index);
                found = index < array.size() ? array.get(index) : null;
            } else if (found instanceof JsonObject object && !object.isEmpty() && random.nextInt(4) > 0) {
                String name = List.copyOf(object.keySet()).get(random.nextInt(object.size()));
                pointer.append(Json.encodePointer(name));
                found = object.get(name);
            } else {
                pointer.append(random.nextInt(8) == 0 ? "-" : Json.encodePointer(name()));
                found = null;
            }
        }
        return new Place(pointer.toString(), found);
    }
}
