package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;

/** A key, as a slice of its canonical text. It may be empty. */
public final class KeyParameter extends Parameter<Slice> {

    /** Declares a required key. */
    public KeyParameter(String name) {
        super(name, true, "a string");
    }

    @Override
    public Schema schema() {
        return Schema.of("string").example("visits");
    }

    @Override
    public Object read(JsonScanner scanner) {
        if (scanner.peek() != '"') {
            scanner.skipValue();
            return wrongType();
        }
        Slice key = new Slice();
        scanner.string(key);
        return key;
    }
}
