package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.JsonPath;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.SingularPath;
import dev.tessera.impl.jsonpath.parser.JsonPathSyntaxException;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSONPath, compiled. */
public final class PathParameter extends Parameter<JsonPath> {

    private final JsonPathCache paths;
    private final boolean emptyIsSize;
    private final boolean singular;

    private PathParameter(String name, boolean required, JsonPathCache paths, boolean emptyIsSize, boolean singular) {
        super(name, required, "a string");
        this.paths = paths;
        this.emptyIsSize = emptyIsSize;
        this.singular = singular;
    }

    /** Declares a path that is refused with 42 if it is the empty string. */
    public static PathParameter notEmpty(String name, JsonPathCache paths) {
        return new PathParameter(name, true, paths, true, false);
    }

    /** Declares a path that is refused with 4 if it is the empty string, as any invalid path. */
    public static PathParameter valid(String name, JsonPathCache paths) {
        return new PathParameter(name, true, paths, false, false);
    }

    /** Declares an optional path that is refused with 4 if it is invalid, or may lead to several places. */
    public static PathParameter singular(String name, JsonPathCache paths) {
        return new PathParameter(name, false, paths, false, true);
    }

    /** Returns the place of an optional path that leads to one place; without a path, the whole value. */
    public static SingularPath place(@Nullable JsonPath path) {
        return path == null ? SingularPath.ROOT : Objects.requireNonNull(path.singular());
    }

    @Override
    public Schema schema() {
        Schema string = Schema.of("string")
                .with("description", singular ? "A JSONPath (RFC 9535) to one place." : "A JSONPath (RFC 9535).");
        return (emptyIsSize ? string.with("minLength", 1) : string).example("$");
    }

    @Override
    protected Set<Status> valueFaults() {
        return emptyIsSize
                ? Set.of(Status.PATH_INVALID, Status.VALUE_TYPE_INVALID, Status.VALUE_SIZE)
                : Set.of(Status.PATH_INVALID, Status.VALUE_TYPE_INVALID);
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice text = readString(scanner);
        if (text == null) {
            return wrongType();
        }
        if (text.length() == 0 && emptyIsSize) {
            return empty();
        }
        try {
            JsonPath path = paths.get(JsonString.decode(text.array(), text.from(), text.to()));
            return singular && path.singular() == null
                    ? new Fault(Status.PATH_INVALID, Messages.notSingular(name()))
                    : path;
        } catch (JsonPathSyntaxException e) {
            return new Fault(Status.PATH_INVALID, Messages.notPath(name(), e.getMessage()));
        }
    }
}
