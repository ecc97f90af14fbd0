package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object whose members are keys and their values. */
public final class EntriesParameter extends Parameter<Entries> {

    private final EntryLimits limits;
    private final boolean mayBeEmpty;

    private EntriesParameter(String name, EntryLimits limits, boolean mayBeEmpty) {
        super(name, true, "an object");
        this.limits = limits;
        this.mayBeEmpty = mayBeEmpty;
    }

    /** Declares a required object that may be empty. */
    public static EntriesParameter any(String name, EntryLimits limits) {
        return new EntriesParameter(name, limits, true);
    }

    /** Declares a required object that must not be empty. */
    public static EntriesParameter notEmpty(String name, EntryLimits limits) {
        return new EntriesParameter(name, limits, false);
    }

    @Override
    public Schema schema() {
        Schema object = Schema.of("object").with("additionalProperties", true);
        return (mayBeEmpty ? object : object.with("minProperties", 1)).example(Map.of("visits", 1));
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
        for (boolean first = true; scanner.member(first, slice); first = false) {
            int index = entries.add(slice);
            scanner.value(slice);
            entries.value(index, slice);
            if (fault == null) {
                fault = tooLarge(entries.to(index) - entries.from(index), slice.length());
            }
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
