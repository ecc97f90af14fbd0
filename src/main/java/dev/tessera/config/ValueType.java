package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The type of a setting's value with its range: how it is read from JSON and from text, checked, and written.
 * Implementations are immutable. To add a type, implement this and give it to a declaration in {@link Settings}.
 *
 * @param <T> the Java type of the value, immutable itself
 */
interface ValueType<T> {

    /** The type as the documentation names it, such as {@code integer}. */
    String name();

    /** The values allowed, as the documentation shows them, such as {@code 0..65535}. */
    String range();

    /** What a value must be, to follow the words "must be" in an error text. */
    String expected();

    /** Whether the value is in range. */
    boolean accepts(T value);

    /**
     * The value of a JSON node.
     *
     * @throws UnusableValueException if the node is of another type; the range is checked by {@link #accepts}
     */
    T fromJson(JsonNode node) throws UnusableValueException;

    /**
     * The value of a text that came from the environment or the command line.
     *
     * @throws UnusableValueException if the text is not of this type; the range is checked by {@link #accepts}
     */
    T fromText(String text) throws UnusableValueException;

    /** The value as JSON. */
    String toJson(T value);

    /** Whether values must never be shown. */
    default boolean isSecret() {
        return false;
    }
}
