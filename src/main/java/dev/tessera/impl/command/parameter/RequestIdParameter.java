package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;

/**
 * An optional string or integer with which a client recognises the reply. Its value is the text as the client sent it,
 * with quotes and escapes. The limit counts the bytes of this text without the quotes.
 */
public final class RequestIdParameter extends Parameter<Slice> {

    /** The most bytes of a request id. */
    public static final int BYTES_MAX = 64;

    /** Declares an optional request id. */
    public RequestIdParameter(String name) {
        super(name, false, "a string or an integer");
    }

    @Override
    public Schema schema() {
        return Schema.any()
                .with("type", List.of("string", "integer"))
                .with("maxLength", BYTES_MAX)
                .example(1);
    }

    @Override
    protected Set<Status> valueFaults() {
        return Set.of(Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE);
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice text = new Slice();
        scanner.value(text);
        boolean string = text.array()[text.from()] == '"';
        if (!string && !isInteger(text)) {
            return wrongType();
        }
        return text.length() - (string ? 2 : 0) <= BYTES_MAX
                ? text
                : new Fault(Status.VALUE_SIZE, Messages.requestIdTooLarge(name(), BYTES_MAX));
    }

    /** Returns whether a JSON value is a number without fraction and exponent. */
    private static boolean isInteger(Slice value) {
        byte[] text = value.array();
        int from = text[value.from()] == '-' ? value.from() + 1 : value.from();
        for (int at = from; at < value.to(); at++) {
            if (text[at] < '0' || text[at] > '9') {
                return false;
            }
        }
        return true;
    }
}
