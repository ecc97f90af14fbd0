package dev.tessera.impl.edit;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A JSON patch (RFC 6902) whose syntax is valid. Its operations are slices of its text: five ints each, because a patch
 * may have many. Immutable.
 */
public final class JsonPatch {

    /** The kind of an operation. */
    enum Kind {
        ADD,
        REMOVE,
        REPLACE,
        MOVE,
        COPY,
        TEST;

        private final byte[] text = name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);

        /** Returns the {@code op} of the operation. */
        byte[] text() {
            return text;
        }

        boolean hasValue() {
            return this == ADD || this == REPLACE || this == TEST;
        }

        boolean hasFrom() {
            return this == MOVE || this == COPY;
        }
    }

    /** The ints of an operation: kind, bounds of the path, bounds of the value or of the from. */
    static final int STRIDE = 5;

    /** The kinds by their number in {@link #operations}. */
    static final List<Kind> KINDS = List.of(Kind.values());

    private final byte[] text;
    private final int[] operations;
    private final int size;

    JsonPatch(byte[] text, int[] operations, int size) {
        this.text = text;
        this.operations = operations;
        this.size = size;
    }

    /**
     * Reads exactly one value. The scanner rewrites strings in its text to canonical text.
     *
     * @throws PatchSyntaxException if the value is not a patch
     */
    public static JsonPatch read(JsonScanner scanner) throws PatchSyntaxException {
        return new PatchReader(scanner).read();
    }

    /** Returns the number of operations. */
    public int size() {
        return size;
    }

    Kind kind(int operation) {
        return KINDS.get(operations[operation * STRIDE]);
    }

    JsonPointer path(int operation) {
        return new JsonPointer(text, operations[operation * STRIDE + 1], operations[operation * STRIDE + 2]);
    }

    JsonPointer from(int operation) {
        return new JsonPointer(text, valueFrom(operation), valueTo(operation));
    }

    byte[] text() {
        return text;
    }

    int valueFrom(int operation) {
        return operations[operation * STRIDE + 3];
    }

    int valueTo(int operation) {
        return operations[operation * STRIDE + 4];
    }

    /**
     * Applies the operations in order, all or none.
     *
     * @param json the array of the value in {@code [from, to)}
     * @param bytesMax the most bytes of the value after each operation
     * @return the new value; null if the patch only tests
     * @throws EditException if an operation fails; it has the index of the operation
     */
    public byte @Nullable [] apply(byte[] json, int from, int to, int bytesMax, EvaluationBudget budget) {
        return new PatchRun(this, Node.of(json, from, to), bytesMax, budget).run();
    }
}
