package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;

/** An optional number of things. Numbers above {@link Long#MAX_VALUE} count as this one. */
public final class CountParameter extends Parameter<Long> {

    private final String description;

    /** Declares an optional number. */
    public CountParameter(String name, String description) {
        super(name, false, "an integer");
        this.description = description;
    }

    @Override
    public Schema schema() {
        return Schema.unsigned().with("description", description).example(100);
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice number = new Slice();
        scanner.value(number);
        if (!Unsigned.isUnsigned(number.array(), number.from(), number.to())) {
            return new Fault(Status.VALUE_TYPE_INVALID, Messages.notUnsigned(name()));
        }
        long value = Unsigned.parse(number.array(), number.from(), number.to());
        return value < 0 ? Long.MAX_VALUE : value;
    }
}
