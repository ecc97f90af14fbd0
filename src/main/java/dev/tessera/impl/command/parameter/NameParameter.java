package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.protocol.Status;
import java.util.Set;

/** A non-empty string, as a copy of its canonical text (see {@link dev.tessera.impl.json.JsonString}). */
public final class NameParameter extends Parameter<byte[]> {

    /** Declares a required name. */
    public NameParameter(String name) {
        super(name, true, "a string");
    }

    @Override
    public Schema schema() {
        return Schema.of("string").with("minLength", 1).example("basket");
    }

    @Override
    protected Set<Status> valueFaults() {
        return Set.of(Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE);
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice slice = readString(scanner);
        if (slice == null) {
            return wrongType();
        }
        return slice.length() == 0 ? empty() : slice.copy();
    }
}
