package dev.tessera.impl.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.jsonpath.JsonPath;
import dev.tessera.impl.jsonpath.SingularPath;
import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes of values as strings. */
final class Patches {

    static final int BYTES_MAX = 1_000_000;

    private Patches() {}

    /** Returns the merged value; the value itself if the patch touches nothing. */
    static String merge(String value, String patch) {
        return merge(value, patch, BYTES_MAX, Budgets.unlimited());
    }

    static String merge(String value, String patch, int bytesMax, EvaluationBudget budget) {
        byte[] json = value.getBytes(UTF_8);
        byte[] changes = patch.getBytes(UTF_8);
        byte[] result = MergePatch.apply(json, 0, json.length, changes, 0, changes.length, bytesMax, budget);
        return result == null ? value : new String(result, UTF_8);
    }

    /** Returns the patched value; the value itself if the patch only tests. */
    static String patch(String value, String operations) throws PatchSyntaxException {
        return patch(value, operations, BYTES_MAX, Budgets.unlimited());
    }

    static String patch(String value, String operations, int bytesMax, EvaluationBudget budget)
            throws PatchSyntaxException {
        byte[] json = value.getBytes(UTF_8);
        byte[] result = read(operations).apply(json, 0, json.length, bytesMax, budget);
        return result == null ? value : new String(result, UTF_8);
    }

    static JsonPatch read(String operations) throws PatchSyntaxException {
        byte[] text = operations.getBytes(UTF_8);
        JsonScanner scanner = new JsonScanner(100);
        scanner.reset(text, 0, text.length);
        JsonPatch patch = JsonPatch.read(scanner);
        scanner.expectEnd();
        return patch;
    }

    /** Returns the value after an addition, and the new number. */
    static String[] add(@Nullable String value, String path, String amount) {
        byte[] json = value == null ? null : value.getBytes(UTF_8);
        byte[] number = amount.getBytes(UTF_8);
        Increment sum = Increment.of(
                json,
                0,
                json == null ? 0 : json.length,
                path(path),
                number,
                0,
                number.length,
                1_000,
                BYTES_MAX,
                Budgets.unlimited());
        return new String[] {new String(sum.json(), UTF_8), new String(sum.number(), UTF_8)};
    }

    /** Returns the value after elements are appended, and the new length. */
    static String[] append(@Nullable String value, String path, String elements, long lengthMax) {
        byte[] json = value == null ? null : value.getBytes(UTF_8);
        byte[] more = elements.getBytes(UTF_8);
        Appended appended = Appended.of(
                json,
                0,
                json == null ? 0 : json.length,
                path(path),
                more,
                0,
                more.length,
                lengthMax,
                BYTES_MAX,
                Budgets.unlimited());
        String result = appended.json() == null ? Objects.requireNonNull(value) : new String(appended.json(), UTF_8);
        return new String[] {result, Long.toString(appended.length())};
    }

    static SingularPath path(String path) {
        return Objects.requireNonNull(JsonPath.compile(path).singular());
    }
}
