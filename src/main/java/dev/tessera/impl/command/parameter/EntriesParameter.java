package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.protocol.Status;
import java.util.Map;
import java.util.Set;

/** An object whose members are keys and their values. */
public final class EntriesParameter extends Parameter<Entries> {

    private final boolean mayBeEmpty;

    private EntriesParameter(String name, boolean mayBeEmpty) {
        super(name, true, "an object");
        this.mayBeEmpty = mayBeEmpty;
    }

    /** Declares a required object that may be empty. */
    public static EntriesParameter any(String name) {
        return new EntriesParameter(name, true);
    }

    /** Declares a required object that must not be empty. */
    public static EntriesParameter notEmpty(String name) {
        return new EntriesParameter(name, false);
    }

    @Override
    public Schema schema() {
        Schema object = Schema.of("object").with("additionalProperties", true);
        return (mayBeEmpty ? object : object.with("minProperties", 1)).example(Map.of("visits", 1));
    }

    @Override
    protected Set<Status> valueFaults() {
        return mayBeEmpty ? super.valueFaults() : Set.of(Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE);
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
        for (boolean first = true; scanner.member(first, slice); first = false) {
            int index = entries.add(slice);
            scanner.value(slice);
            entries.value(index, slice);
        }
        return entries.size() == 0 && !mayBeEmpty ? empty() : entries;
    }
}
