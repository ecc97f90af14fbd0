package dev.tessera.impl.jsonpath.text;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;

/**
 * A value that a comparison reads: the bytes it lies in and where it starts.
 *
 * <p>Comparison follows RFC 9535, section 2.3.5.2.2: values of different types are never equal, only numbers and
 * strings have an order, and arrays and objects are equal if they are so in depth.
 *
 * @param text a navigator over the bytes that hold the value
 * @param start the position of its first byte
 */
public record JsonValue(JsonNavigator text, int start) {

    /** Makes a value of a separate JSON text, without white space around it. */
    public static JsonValue of(byte[] json, EvaluationBudget budget) {
        return new JsonValue(new JsonNavigator(json, 0, json.length, budget), 0);
    }

    /** Returns how this value relates to another one. */
    public Relation relation(JsonValue other) {
        JsonType type = type();
        if (type != other.type()) {
            return Relation.UNRELATED;
        }
        return switch (type) {
            case NUMBER, STRING -> Relation.ofOrder(order(other));
            case ARRAY, OBJECT -> Relation.ofEquality(new DeepEquality(text, other.text).equal(start, other.start));
            case TRUE, FALSE, NULL -> Relation.EQUAL;
        };
    }

    /** Returns the type of the value. */
    public JsonType type() {
        return JsonType.of(text.json()[start]);
    }

    private int order(JsonValue other) {
        int end = text.end(start);
        int otherEnd = other.text.end(other.start);
        text.budget().spend(end - start);
        other.text.budget().spend(otherEnd - other.start);
        if (type() == JsonType.NUMBER) {
            return Numbers.compare(text.json(), start, end, other.text.json(), other.start, otherEnd);
        }
        return Strings.compare(text.json(), start + 1, end - 1, other.text.json(), other.start + 1, otherEnd - 1);
    }
}
