package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An object {@code {"duration":<seconds>,"deleteSession":<bool>}}. Both members are required. */
public final class ExpiryParameter extends Parameter<Expiry> {

    private static final FlagParameter DELETE_SESSION = new FlagParameter("expiry.deleteSession");
    private static final byte[] DURATION = {'d', 'u', 'r', 'a', 't', 'i', 'o', 'n'};
    private static final byte[] DELETE = {'d', 'e', 'l', 'e', 't', 'e', 'S', 'e', 's', 's', 'i', 'o', 'n'};

    private final boolean orNull;

    private ExpiryParameter(String name, boolean required, String type, boolean orNull) {
        super(name, required, type);
        this.orNull = orNull;
    }

    /** Declares an optional expiry. */
    public static ExpiryParameter optional(String name) {
        return new ExpiryParameter(name, false, "an object", false);
    }

    /** Declares a required expiry; null stands for {@link Expiry#NEVER}. */
    public static ExpiryParameter orNever(String name) {
        return new ExpiryParameter(name, true, "an object or null", true);
    }

    @Override
    public Schema schema() {
        return Schema.any()
                .with("type", orNull ? List.of("object", "null") : "object")
                .requiring(
                        "duration",
                        Schema.unsigned()
                                .with("description", "Seconds; 0 is for ever.")
                                .example(600))
                .requiring("deleteSession", DELETE_SESSION.schema())
                .example(Map.of("duration", 600, "deleteSession", true));
    }

    @Override
    protected Set<Status> valueFaults() {
        return Set.of(Status.VALUE_TYPE_INVALID, Status.PARAM_MISSING);
    }

    @Override
    public Object read(JsonScanner scanner) {
        if (orNull && scanner.peek() == 'n') {
            scanner.skipValue();
            return Expiry.NEVER;
        }
        if (scanner.peek() != '{') {
            scanner.skipValue();
            return wrongType();
        }
        scanner.enter();
        Object duration = null;
        Object delete = null;
        Slice slice = new Slice();
        for (boolean first = true; scanner.member(first, slice); first = false) {
            if (slice.contentEquals(DURATION)) {
                duration = readDuration(scanner, slice);
            } else if (slice.contentEquals(DELETE)) {
                delete = DELETE_SESSION.read(scanner);
            } else {
                scanner.skipValue();
            }
        }
        if (duration == null) {
            return missing("duration");
        }
        if (delete == null) {
            return missing("deleteSession");
        }
        if (duration instanceof Fault) {
            return duration;
        }
        return delete instanceof Boolean flag ? new Expiry((Long) duration, flag) : delete;
    }

    private static Object readDuration(JsonScanner scanner, Slice slice) {
        scanner.value(slice);
        return Unsigned.isUnsigned(slice.array(), slice.from(), slice.to())
                ? (Object) Unsigned.parse(slice.array(), slice.from(), slice.to())
                : new Fault(Status.VALUE_TYPE_INVALID, Messages.notUnsigned("expiry.duration"));
    }

    private static Fault missing(String member) {
        return new Fault(Status.PARAM_MISSING, Messages.missing("expiry." + member));
    }
}
