package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.protocol.Status;
import java.nio.charset.StandardCharsets;

/**
 * One named parameter of a command: its JSON type and the checks that need nothing but its value.
 *
 * @param <T> what a command gets to see
 */
public abstract class Parameter<T> {

    private final String name;
    private final byte[] nameBytes;
    private final boolean required;
    private final String type;

    /**
     * Declares a parameter.
     *
     * @param type the JSON type in plain words with its article, such as "an object"
     */
    protected Parameter(String name, boolean required, String type) {
        this.name = name;
        this.nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        this.required = required;
        this.type = type;
    }

    /** The name, as it stands in the body of the command. */
    public final String name() {
        return name;
    }

    /** The name as ASCII; not to be changed. */
    public final byte[] nameBytes() {
        return nameBytes;
    }

    /** Says whether a command without it is refused. */
    public final boolean required() {
        return required;
    }

    /** The JSON type in plain words with its article. */
    public final String type() {
        return type;
    }

    /** The JSON Schema of the values that are taken, with an example that is valid. */
    public abstract Schema schema();

    /**
     * Reads exactly one value, whatever it is.
     *
     * @return the value, of type {@code T}, or the {@link Fault} that it has
     */
    public abstract Object read(JsonScanner scanner);

    /**
     * Reads a string in its canonical form (see {@link dev.tessera.impl.json.JsonString}); null where the value is
     * none, which is passed over.
     */
    static Slice readString(JsonScanner scanner) {
        if (scanner.peek() != '"') {
            scanner.skipValue();
            return null;
        }
        Slice text = new Slice();
        scanner.string(text);
        return text;
    }

    /** The fault of a command that lacks this parameter. */
    public final Fault missing() {
        return new Fault(Status.PARAM_MISSING, "parameter '" + name + "' is missing");
    }

    /** The fault of a value of another type. */
    protected final Fault wrongType() {
        return new Fault(Status.VALUE_TYPE_INVALID, "parameter '" + name + "' must be " + type);
    }

    /** The fault of a value that must not be empty. */
    protected final Fault empty() {
        return new Fault(Status.VALUE_SIZE, "parameter '" + name + "' must not be empty");
    }
}
