package dev.tessera.impl.jsonpath.text;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A string, number, {@code true}, {@code false} or {@code null} of a query, ready to be compared with stored values;
 * immutable.
 */
public final class Literal {

    private static final Name NO_STRING = new Name("");

    public static final Literal TRUE = new Literal(JsonType.TRUE, "true", NO_STRING);
    public static final Literal FALSE = new Literal(JsonType.FALSE, "false", NO_STRING);
    public static final Literal NULL = new Literal(JsonType.NULL, "null", NO_STRING);

    private final JsonType type;
    private final byte[] json;
    /** The content of a string; empty for any other type. */
    private final Name string;

    private Literal(JsonType type, String json, Name string) {
        this.type = type;
        this.json = json.getBytes(StandardCharsets.UTF_8);
        this.string = string;
    }

    /** Makes a number from its text, which is JSON's own notation. */
    public static Literal ofNumber(String number) {
        return new Literal(JsonType.NUMBER, number, NO_STRING);
    }

    public static Literal ofString(String content) {
        StringBuilder json = new StringBuilder(content.length() + 2).append('"');
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return new Literal(JsonType.STRING, json.append('"').toString(), new Name(content));
    }

    /** Returns the content of a string, or null for any other type. */
    public @Nullable String stringOrNull() {
        return type == JsonType.STRING ? string.toString() : null;
    }

    /** Returns the literal as a separate value. */
    public JsonValue value(EvaluationBudget budget) {
        return JsonValue.of(json, budget);
    }

    /** Returns whether the stored value at {@code start} equals this literal. */
    public boolean equalTo(JsonNavigator text, int start) {
        if (type == JsonType.STRING) {
            return text.isString(start) && string.equalsContent(text.json(), start + 1, text.markedStringEnd(start));
        }
        return relation(text, start) == Relation.EQUAL;
    }

    /** Returns how the stored value at {@code start} relates to this literal. */
    public Relation relation(JsonNavigator text, int start) {
        byte[] bytes = text.json();
        if (JsonType.of(bytes[start]) != type) {
            return Relation.UNRELATED;
        }
        return switch (type) {
            case NUMBER -> Relation.ofOrder(Numbers.compare(bytes, start, text.scalarEnd(start), json, 0, json.length));
            case STRING ->
                Relation.ofOrder(-Strings.compare(string.utf8(), bytes, start + 1, text.stringEnd(start) - 1));
            default -> Relation.EQUAL;
        };
    }
}
