package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;

/**
 * An optional string, as a copy of its canonical text (see {@link dev.tessera.impl.json.JsonString}). A key begins with
 * the string if its canonical text begins with that of the string, because no code of a character begins another one.
 */
public final class PrefixParameter extends Parameter<byte[]> {

    /** Declares an optional prefix of keys. */
    public PrefixParameter(String name) {
        super(name, false, "a string");
    }

    @Override
    public Schema schema() {
        return Schema.of("string").example("cart:");
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice text = readString(scanner);
        return text == null ? wrongType() : text.copy();
    }
}
