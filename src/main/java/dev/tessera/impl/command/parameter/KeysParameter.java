package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An array of keys. It ignores elements that are not strings. */
public final class KeysParameter extends Parameter<Keys> {

    private final boolean mayBeEmpty;

    private KeysParameter(String name, boolean required, boolean mayBeEmpty) {
        super(name, required, "an array of strings");
        this.mayBeEmpty = mayBeEmpty;
    }

    /** Declares an optional array; an empty one counts as absent. */
    public static KeysParameter optional(String name) {
        return new KeysParameter(name, false, true);
    }

    /** Declares a required array that may be empty. */
    public static KeysParameter any(String name) {
        return new KeysParameter(name, true, true);
    }

    /** Declares a required array that must not be empty. */
    public static KeysParameter notEmpty(String name) {
        return new KeysParameter(name, true, false);
    }

    @Override
    public Schema schema() {
        Schema array = Schema.of("array").with("items", Schema.of("string"));
        return (mayBeEmpty ? array : array.with("minItems", 1)).example(List.of("visits"));
    }

    @Override
    protected Set<Status> valueFaults() {
        return mayBeEmpty ? super.valueFaults() : Set.of(Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE);
    }

    @Override
    public @Nullable Object read(JsonScanner scanner) {
        if (scanner.peek() != '[') {
            scanner.skipValue();
            return wrongType();
        }
        scanner.enter();
        Keys keys = new Keys(2);
        Slice slice = new Slice();
        boolean first = true;
        for (; scanner.element(first); first = false) {
            if (scanner.peek() == '"') {
                scanner.string(slice);
                keys.add(slice);
            } else {
                scanner.skipValue();
            }
        }
        if (first) {
            return !mayBeEmpty ? empty() : required() ? keys : null;
        }
        return keys;
    }
}
