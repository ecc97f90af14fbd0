package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.RequestIdParameter;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of one request: optional parameters that many commands share, so that no command declares them. A request
 * without options has no such object. Only the decoder changes it.
 */
public final class RequestOptions {

    /** The id of the request, which every reply repeats as its last member. Every command has it. */
    public static final Parameter<Slice> REQUEST_ID = new RequestIdParameter("rid");

    /** All options, in the order in which they are checked. */
    private static final List<Parameter<?>> ALL = List.of(REQUEST_ID);

    private final @Nullable Object[] values = new Object[ALL.size()];

    RequestOptions() {}

    /** Returns the options of a command, in the order in which they are checked. */
    public static List<Parameter<?>> of(Command command) {
        return ALL;
    }

    /**
     * Returns the index of the option with this name, or -1 if the command does not have it.
     *
     * @param command null for an unknown command, which has the request id alone
     */
    static int indexOf(Slice name, @Nullable Command command) {
        return name.contentEquals(REQUEST_ID.nameBytes()) ? ALL.indexOf(REQUEST_ID) : -1;
    }

    /** Reads the value of an option. */
    void read(int index, JsonScanner scanner) {
        values[index] = ALL.get(index).read(scanner);
    }

    /** Returns the fault to report among those of all options; null if all are valid. */
    @Nullable
    Fault fault() {
        Fault worst = null;
        for (Object value : values) {
            if (value instanceof Fault fault) {
                worst = RequestDecoder.worse(worst, fault);
            }
        }
        return worst;
    }

    /** Writes the options as members of a command, with a comma after each. */
    public void writeTo(JsonWriter command) {
        Slice requestId = requestId();
        if (requestId != null) {
            command.string(REQUEST_ID.name()).mark(':');
            command.raw(requestId.array(), requestId.from(), requestId.to()).mark(',');
        }
    }

    /** Returns the request id as the client sent it; null without a valid one. */
    public @Nullable Slice requestId() {
        return values[ALL.indexOf(REQUEST_ID)] instanceof Slice requestId ? requestId : null;
    }
}
