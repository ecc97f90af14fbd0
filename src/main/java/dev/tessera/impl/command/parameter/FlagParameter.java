package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;

/** An optional boolean. */
public final class FlagParameter extends Parameter<Boolean> {

    /** Declares an optional flag. */
    public FlagParameter(String name) {
        super(name, false, "true or false");
    }

    @Override
    public Schema schema() {
        return Schema.of("boolean").example(true);
    }

    @Override
    public Object read(JsonScanner scanner) {
        byte first = scanner.peek();
        scanner.skipValue();
        return first == 't' || first == 'f' ? (Object) (first == 't') : wrongType();
    }
}
