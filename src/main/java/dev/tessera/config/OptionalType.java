package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Values that may be absent: {@code null} in JSON, empty in text.
 *
 * @param <T> the Java type of a value that is present
 * @param type the type of a value that is present
 */
record OptionalType<T>(ValueType<T> type) implements ValueType<Optional<T>> {

    @Override
    public String name() {
        return type.name() + " or null";
    }

    @Override
    public String range() {
        return type.range();
    }

    @Override
    public String expected() {
        return type.expected() + ", or null";
    }

    @Override
    public boolean accepts(Optional<T> value) {
        return value.isEmpty() || type.accepts(value.get());
    }

    @Override
    public Optional<T> fromJson(JsonNode node) throws UnusableValueException {
        return node.isNull() ? Optional.empty() : Optional.of(type.fromJson(node));
    }

    @Override
    public Optional<T> fromText(String text) throws UnusableValueException {
        return text.isEmpty() ? Optional.empty() : Optional.of(type.fromText(text));
    }

    @Override
    public String toJson(Optional<T> value) {
        return value.isEmpty() ? "null" : type.toJson(value.get());
    }

    @Override
    public boolean isSecret() {
        return type.isSecret();
    }
}
