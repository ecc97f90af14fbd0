package dev.tessera.impl.edit;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A reader of JSON patches, in one pass over the text. It reports the first error. Used by one thread. */
final class PatchReader {

    private static final int OPERATIONS_MIN = 4;

    private static final byte[] OP = ascii("op");
    private static final byte[] PATH = ascii("path");
    private static final byte[] FROM = ascii("from");
    private static final byte[] VALUE = ascii("value");

    private final JsonScanner scanner;
    private final Slice slice = new Slice();
    private final Slice pathText = new Slice();
    private final Slice fromText = new Slice();
    private final Slice valueText = new Slice();
    private int[] operations = new int[OPERATIONS_MIN * JsonPatch.STRIDE];
    private int count;
    private @Nullable String error;

    PatchReader(JsonScanner scanner) {
        this.scanner = scanner;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads exactly one value. */
    JsonPatch read() throws PatchSyntaxException {
        if (scanner.peek() != '[') {
            scanner.skipValue();
            throw new PatchSyntaxException(EditMessages.NOT_AN_ARRAY);
        }
        scanner.enter();
        for (boolean first = true; scanner.element(first); first = false) {
            if (scanner.peek() == '{') {
                operation();
            } else {
                scanner.skipValue();
                fail(EditMessages.notAnOperation(count));
            }
            count++;
        }
        if (error != null) {
            throw new PatchSyntaxException(error);
        }
        return new JsonPatch(scanner.text(), operations, count);
    }

    private void fail(String message) {
        if (error == null) {
            error = message;
        }
    }

    private void operation() {
        JsonPatch.Kind kind = null;
        boolean hasPath = false;
        boolean hasFrom = false;
        boolean hasValue = false;
        boolean pathIsPointer = false;
        boolean fromIsPointer = false;
        scanner.enter();
        for (boolean first = true; scanner.member(first, slice); first = false) {
            if (slice.contentEquals(OP)) {
                kind = kind();
            } else if (slice.contentEquals(PATH)) {
                hasPath = true;
                pathIsPointer = pointer(pathText);
            } else if (slice.contentEquals(FROM)) {
                hasFrom = true;
                fromIsPointer = pointer(fromText);
            } else if (slice.contentEquals(VALUE)) {
                hasValue = true;
                scanner.value(valueText);
            } else {
                scanner.skipValue();
            }
        }
        if (kind == null) {
            fail(EditMessages.unknownOperation(count));
        } else if (!hasPath) {
            fail(EditMessages.missing(count, "path"));
        } else if (kind.hasValue() && !hasValue) {
            fail(EditMessages.missing(count, "value"));
        } else if (kind.hasFrom() && !hasFrom) {
            fail(EditMessages.missing(count, "from"));
        } else if (!pathIsPointer) {
            fail(EditMessages.notPointer(count, "path"));
        } else if (kind.hasFrom() && !fromIsPointer) {
            fail(EditMessages.notPointer(count, "from"));
        } else if (kind == JsonPatch.Kind.REMOVE && pathText.length() == 0) {
            fail(EditMessages.removesAll(count));
        } else if (kind == JsonPatch.Kind.MOVE && fromIsAround()) {
            fail(EditMessages.movesIntoItself(count));
        } else if (error == null) {
            keep(kind);
        }
    }

    private JsonPatch.@Nullable Kind kind() {
        if (scanner.peek() != '"') {
            scanner.skipValue();
            return null;
        }
        scanner.string(slice);
        for (JsonPatch.Kind kind : JsonPatch.KINDS) {
            if (slice.contentEquals(kind.text())) {
                return kind;
            }
        }
        return null;
    }

    private boolean pointer(Slice into) {
        if (scanner.peek() != '"') {
            scanner.skipValue();
            return false;
        }
        scanner.string(into);
        return JsonPointer.isValid(into.array(), into.from(), into.to());
    }

    /** Returns whether the path of the operation is inside its from. */
    private boolean fromIsAround() {
        int length = fromText.length();
        return pathText.length() > length
                && pathText.array()[pathText.from() + length] == '/'
                && Arrays.equals(
                        fromText.array(),
                        fromText.from(),
                        fromText.to(),
                        pathText.array(),
                        pathText.from(),
                        pathText.from() + length);
    }

    private void keep(JsonPatch.Kind kind) {
        int at = count * JsonPatch.STRIDE;
        if (at == operations.length) {
            operations = Arrays.copyOf(operations, at * 2);
        }
        Slice argument = kind.hasFrom() ? fromText : valueText;
        operations[at] = JsonPatch.KINDS.indexOf(kind);
        operations[at + 1] = pathText.from();
        operations[at + 2] = pathText.to();
        operations[at + 3] = argument.from();
        operations[at + 4] = argument.to();
    }
}
