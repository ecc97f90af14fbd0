package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named parameter of a command: its JSON type, and the checks that need its value only. Immutable, and shared by all
 * threads.
 *
 * @param <T> the type of its values as commands see them
 */
public abstract class Parameter<T> {

    private final String name;
    private final byte[] nameBytes;
    private final boolean required;
    private final String type;

    /**
     * Declares a parameter.
     *
     * @param name the name in the body of the command, ASCII
     * @param type the JSON type in plain words with its article, such as "an object"
     */
    protected Parameter(String name, boolean required, String type) {
        this.name = name;
        this.nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        this.required = required;
        this.type = type;
    }

    /** Returns the name in the body of the command. */
    public final String name() {
        return name;
    }

    /** Returns the name as ASCII; the caller must not change it. */
    public final byte[] nameBytes() {
        return nameBytes;
    }

    /** Returns whether the server refuses the command without this parameter. */
    public final boolean required() {
        return required;
    }

    /** Returns the JSON type in plain words with its article. */
    public final String type() {
        return type;
    }

    /** Returns the JSON Schema of valid values, with a valid example. */
    public abstract Schema schema();

    /**
     * Reads exactly one value, whether or not it is valid.
     *
     * @return the value, of type {@code T}; a {@link Fault} if it is invalid; or null if it counts as absent
     */
    public abstract @Nullable Object read(JsonScanner scanner);

    /**
     * Reads a string as canonical text (see {@link dev.tessera.impl.json.JsonString}). Skips another value, and returns
     * null then.
     */
    static @Nullable Slice readString(JsonScanner scanner) {
        if (scanner.peek() != '"') {
            scanner.skipValue();
            return null;
        }
        Slice text = new Slice();
        scanner.string(text);
        return text;
    }

    /** Returns the statuses with which the server refuses a command because of this parameter. */
    public final Set<Status> faults() {
        Set<Status> faults = EnumSet.noneOf(Status.class);
        faults.addAll(valueFaults());
        if (required) {
            faults.add(Status.PARAM_MISSING);
        }
        return faults;
    }

    /** Returns the statuses of invalid values: by default, the one of a value of another type. */
    protected Set<Status> valueFaults() {
        return Set.of(Status.VALUE_TYPE_INVALID);
    }

    /** Returns the fault of a command without this parameter. */
    public final Fault missing() {
        return new Fault(Status.PARAM_MISSING, Messages.missing(name));
    }

    /** Returns the fault of a value of another type. */
    protected final Fault wrongType() {
        return new Fault(Status.VALUE_TYPE_INVALID, Messages.wrongType(name, type));
    }

    /** Returns the fault of a value that is empty. */
    protected final Fault empty() {
        return new Fault(Status.VALUE_SIZE, Messages.empty(name));
    }
}
