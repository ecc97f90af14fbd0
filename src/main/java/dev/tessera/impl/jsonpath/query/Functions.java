package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.JsonType;
import dev.tessera.impl.jsonpath.text.JsonValue;
import dev.tessera.impl.jsonpath.text.Name;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The function extensions that have a value (RFC 9535, section 2.4), and the length shorthand of this engine. */
public final class Functions {

    private static final Name LENGTH = new Name("length");

    private Functions() {}

    /**
     * {@code length()}: the code points of a string, the elements of an array, the members of an object, else Nothing.
     */
    public static Operand length(Operand argument) {
        return (run, current) -> {
            JsonValue value = argument.value(run, current);
            if (value == null) {
                return null;
            }
            JsonNavigator text = value.text();
            return switch (value.type()) {
                case STRING -> integer(run, text.codePoints(value.start()));
                case ARRAY, OBJECT -> integer(run, text.count(value.start()));
                default -> null;
            };
        };
    }

    /** {@code count()}: the number of nodes. */
    public static Operand count(NodesQuery argument) {
        return (run, current) -> integer(run, argument.nodes(run, current));
    }

    /** {@code value()}: the value of the only node, else Nothing. */
    public static Operand value(NodesQuery argument) {
        return (run, current) ->
                argument.nodes(run, current) == 1 ? new JsonValue(run.text, argument.first(run)) : null;
    }

    /**
     * The shorthand {@code .length} after a query: an object's member of that name, or the length of an array or
     * string.
     */
    public static Operand lengthShorthand(SingularQuery parent) {
        return (run, current) -> {
            JsonNavigator text = run.text;
            int start = parent.locate(run, current);
            if (start == JsonNavigator.ABSENT) {
                return null;
            }
            return switch (JsonType.of(text.json()[start])) {
                case OBJECT -> member(text, start);
                case ARRAY -> integer(run, text.count(start));
                case STRING -> integer(run, text.codePoints(start));
                default -> null;
            };
        };
    }

    private static @Nullable JsonValue member(JsonNavigator text, int object) {
        int value = text.findMember(object, LENGTH);
        return value == JsonNavigator.ABSENT ? null : new JsonValue(text, value);
    }

    private static JsonValue integer(Evaluation run, int value) {
        return JsonValue.of(Integer.toString(value).getBytes(StandardCharsets.US_ASCII), run.text.budget());
    }
}
