package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object whose members are keys and their values. */
public final class EntriesParameter extends Parameter<Entries> {

    /** The type of the values. */
    private enum Values {
        ANY("values", Schema.any(), 1),
        NUMBERS("numbers", Schema.of("number"), 1),
        ARRAYS("arrays", Schema.of("array"), List.of(1));

        private final String words;
        private final Schema schema;
        private final Object example;

        Values(String words, Schema schema, Object example) {
            this.words = words;
            this.schema = schema;
            this.example = example;
        }

        boolean accepts(byte first) {
            return switch (this) {
                case ANY -> true;
                case NUMBERS -> first == '-' || (first >= '0' && first <= '9');
                case ARRAYS -> first == '[';
            };
        }
    }

    private final EntryLimits limits;
    private final boolean mayBeEmpty;
    private final Values values;

    private EntriesParameter(String name, EntryLimits limits, boolean mayBeEmpty, Values values) {
        super(name, true, "an object");
        this.limits = limits;
        this.mayBeEmpty = mayBeEmpty;
        this.values = values;
    }

    /** Declares a required object that may be empty. */
    public static EntriesParameter any(String name, EntryLimits limits) {
        return new EntriesParameter(name, limits, true, Values.ANY);
    }

    /** Declares a required object that must not be empty. */
    public static EntriesParameter notEmpty(String name, EntryLimits limits) {
        return new EntriesParameter(name, limits, false, Values.ANY);
    }

    /** Declares a required object that must not be empty, whose values are numbers. */
    public static EntriesParameter numbers(String name, EntryLimits limits) {
        return new EntriesParameter(name, limits, false, Values.NUMBERS);
    }

    /** Declares a required object that must not be empty, whose values are arrays. */
    public static EntriesParameter arrays(String name, EntryLimits limits) {
        return new EntriesParameter(name, limits, false, Values.ARRAYS);
    }

    @Override
    public Schema schema() {
        Schema object =
                Schema.of("object").with("additionalProperties", values == Values.ANY ? (Object) true : values.schema);
        return (mayBeEmpty ? object : object.with("minProperties", 1)).example(Map.of("visits", values.example));
    }

    @Override
    protected Set<Status> valueFaults() {
        return Set.of(Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE);
    }

    @Override
    public Object read(JsonScanner scanner) {
        if (scanner.peek() != '{') {
            scanner.skipValue();
            return wrongType();
        }
        scanner.enter();
        Entries entries = new Entries();
        Slice slice = new Slice();
        Fault fault = null;
        boolean wrongValue = false;
        for (boolean first = true; scanner.member(first, slice); first = false) {
            int index = entries.add(slice);
            scanner.value(slice);
            entries.value(index, slice);
            if (!values.accepts(slice.array()[slice.from()])) {
                wrongValue = true;
            } else if (fault == null) {
                fault = tooLarge(entries.to(index) - entries.from(index), slice.length());
            }
        }
        if (wrongValue) {
            return new Fault(Status.VALUE_TYPE_INVALID, Messages.notHolding(name(), values.words));
        }
        if (fault != null) {
            return fault;
        }
        return entries.size() == 0 && !mayBeEmpty ? empty() : entries;
    }

    private @Nullable Fault tooLarge(int keyBytes, int valueBytes) {
        if (keyBytes > limits.keyBytesMax()) {
            return new Fault(Status.VALUE_SIZE, Messages.keyTooLarge(name(), limits.keyBytesMax()));
        }
        return valueBytes > limits.valueBytesMax()
                ? new Fault(Status.VALUE_SIZE, Messages.valueTooLarge(name(), limits.valueBytesMax()))
                : null;
    }
}
