package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** An array of tokens. */
public final class TokensParameter extends Parameter<long[]> {

    private final boolean strict;

    private TokensParameter(String name, boolean required, boolean strict) {
        super(name, required, "an array of tokens");
        this.strict = strict;
    }

    /** Declares a required array that may be empty. It ignores elements that are not tokens. */
    public static TokensParameter any(String name) {
        return new TokensParameter(name, true, false);
    }

    /** Declares an optional array that must not be empty, and that must contain tokens only. */
    public static TokensParameter selected(String name) {
        return new TokensParameter(name, false, true);
    }

    @Override
    public Schema schema() {
        Schema array = Schema.of("array").with("items", Schema.unsigned());
        return (strict ? array.with("minItems", 1) : array).example(List.of(7));
    }

    @Override
    protected Set<Status> valueFaults() {
        return strict ? Set.of(Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE) : super.valueFaults();
    }

    @Override
    public Object read(JsonScanner scanner) {
        if (scanner.peek() != '[') {
            scanner.skipValue();
            return wrongType();
        }
        scanner.enter();
        long[] tokens = new long[8];
        int size = 0;
        int elements = 0;
        Slice slice = new Slice();
        for (; scanner.element(elements == 0); elements++) {
            scanner.value(slice);
            if (Unsigned.isUnsigned(slice.array(), slice.from(), slice.to())) {
                if (size == tokens.length) {
                    tokens = Arrays.copyOf(tokens, size * 2);
                }
                tokens[size++] = Unsigned.parse(slice.array(), slice.from(), slice.to());
            }
        }
        if (strict && elements == 0) {
            return empty();
        }
        if (strict && size < elements) {
            return new Fault(Status.VALUE_TYPE_INVALID, Messages.notTokens(name()));
        }
        return Arrays.copyOf(tokens, size);
    }
}
