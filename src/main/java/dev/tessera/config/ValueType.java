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

    /** Returns the allowed values, as the documentation shows them, such as {@code 0..65535}. */
    String range();

    /** Returns the words that follow "must be" in an error message. */
    String expected();

    /** Returns whether the value is in range. */
    boolean accepts(T value);

    /**
     * Reads a value from a JSON node. It does not check the range; the caller calls {@link #accepts}.
     *
     * @throws UnusableValueException if the node is of another type
     */
    T fromJson(JsonNode node) throws UnusableValueException;

    /**
     * Reads a value from a text of the environment or the command line. It does not check the range; the caller calls
     * {@link #accepts}.
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
