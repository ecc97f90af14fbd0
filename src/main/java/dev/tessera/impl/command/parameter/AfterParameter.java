package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.PositionSeal;
import dev.tessera.protocol.Status;

/** An optional sealed position of a list; see {@link PositionSeal}. */
public final class AfterParameter extends Parameter<byte[]> {

    private static final String EXAMPLE = "ARnsrUpOZJ-ZxTuwkZp4lLI9-8NC";

    /** Declares an optional position. */
    public AfterParameter(String name) {
        super(name, false, "a string");
    }

    @Override
    public Schema schema() {
        return Schema.of("string").example(EXAMPLE);
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice text = readString(scanner);
        if (text == null) {
            return wrongType();
        }
        byte[] sealed = text.copy();
        return PositionSeal.isWellFormed(sealed) ? sealed : unknown();
    }

    /** Returns the fault of a string that is no position of this server. */
    public Fault unknown() {
        return new Fault(Status.VALUE_TYPE_INVALID, Messages.notNext(name()));
    }
}
