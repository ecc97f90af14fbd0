package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.protocol.Status;
import java.util.Set;

/** Any JSON value, as a slice of the message. */
public final class ValueParameter extends Parameter<Slice> {

    /** Declares a required value. */
    public ValueParameter(String name) {
        super(name, true, "a value");
    }

    @Override
    public Schema schema() {
        return Schema.any().with("description", "Any JSON value.").example(2);
    }

    @Override
    protected Set<Status> valueFaults() {
        return Set.of();
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice value = new Slice();
        scanner.value(value);
        return value;
    }
}
