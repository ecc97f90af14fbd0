package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Set;

/** An optional integer from 1 to a maximum. Any other value, of any type, has the wrong size. */
public final class LimitParameter extends Parameter<Integer> {

    private final int max;

    /** Declares an optional limit. */
    public LimitParameter(String name, int max) {
        super(name, false, "an integer");
        this.max = max;
    }

    @Override
    public Schema schema() {
        return Schema.of("integer").with("minimum", 1).with("maximum", max).example(100);
    }

    @Override
    protected Set<Status> valueFaults() {
        return Set.of(Status.VALUE_SIZE);
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice text = new Slice();
        scanner.value(text);
        if (Unsigned.isUnsigned(text.array(), text.from(), text.to())) {
            long value = Unsigned.parse(text.array(), text.from(), text.to());
            if (value >= 1 && value <= max) {
                return (int) value;
            }
        }
        return new Fault(Status.VALUE_SIZE, Messages.notBetween(name(), 1, max));
    }
}
