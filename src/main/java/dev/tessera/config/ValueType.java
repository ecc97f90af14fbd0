package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The type of a setting's values, with their range. It reads them from JSON and from text, checks them, and writes
 * them. Implementations are immutable. To add a type, implement this interface and use it in a declaration in
 * {@link Settings}.
 *
 * @param <T> the Java type of the values, which is immutable too
 */
interface ValueType<T> {

    /** Returns the name of the type in the documentation, such as {@code integer}. */
    String name();

    /** Returns the values allowed, as the documentation shows them, such as {@code 0..65535}. */
    String range();

    /** Returns the words that follow "must be" in an error text. */
    String expected();

    /** Returns whether the value is in range. */
    boolean accepts(T value);

    /**
     * Returns the value of a JSON node. {@link #accepts} checks the range.
     *
     * @throws UnusableValueException if the node is of another type
     */
    T fromJson(JsonNode node) throws UnusableValueException;

    /**
     * Returns the value of a text from the environment or the command line. {@link #accepts} checks the range.
     *
     * @throws UnusableValueException if the text is not of this type
     */
    T fromText(String text) throws UnusableValueException;

    /** Returns the value as JSON. */
    String toJson(T value);

    /** Returns whether logs and messages must hide the values. */
    default boolean isSecret() {
        return false;
    }
}
