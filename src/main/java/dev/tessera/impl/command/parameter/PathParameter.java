package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.JsonPath;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.parser.JsonPathSyntaxException;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Set;

/** A JSONPath, compiled. */
public final class PathParameter extends Parameter<JsonPath> {

    private final JsonPathCache paths;
    private final boolean emptyIsSize;

    private PathParameter(String name, JsonPathCache paths, boolean emptyIsSize) {
        super(name, true, "a string");
        this.paths = paths;
        this.emptyIsSize = emptyIsSize;
    }

    /** Declares a path that is refused with 42 if it is the empty string. */
    public static PathParameter notEmpty(String name, JsonPathCache paths) {
        return new PathParameter(name, paths, true);
    }

    /** Declares a path that is refused with 4 if it is the empty string, as any invalid path. */
    public static PathParameter valid(String name, JsonPathCache paths) {
        return new PathParameter(name, paths, false);
    }

    @Override
    public Schema schema() {
        Schema string = Schema.of("string").with("description", "A JSONPath (RFC 9535).");
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
            return paths.get(JsonString.decode(text.array(), text.from(), text.to()));
        } catch (JsonPathSyntaxException e) {
            return new Fault(Status.PATH_INVALID, Messages.notPath(name(), e.getMessage()));
        }
    }
}
