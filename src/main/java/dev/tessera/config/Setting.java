package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One setting, as declared in {@link Settings}. Immutable; two settings are equal only if they are the same.
 *
 * @param <T> the Java type of its values
 */
public final class Setting<T> {

    private static final int SHOWN_CHARACTERS_MAX = 80;

    private final String path;
    private final ValueType<T> type;
    private final T defaultValue;
    private final String unit;
    private final String description;
    private final List<String> formerPaths;

    Setting(String path, ValueType<T> type, T defaultValue, String unit, String description, List<String> formerPaths) {
        if (!type.accepts(defaultValue)) {
            throw new IllegalArgumentException("the default of " + path + " is out of its range");
        }
        this.path = path;
        this.type = type;
        this.defaultValue = defaultValue;
        this.unit = unit;
        this.description = description;
        this.formerPaths = List.copyOf(formerPaths);
    }

    /**
     * Its place in the file: the members' names from the outermost inwards, joined by dots, as in
     * {@code limits.maxPayloadBytes}.
     */
    public String path() {
        return path;
    }

    /** The paths that it had in earlier versions. They still work, in the file and as environment variables. */
    public List<String> formerPaths() {
        return formerPaths;
    }

    /** Its environment variable, as in {@code TESSERA_LIMITS_MAX_PAYLOAD_BYTES}. */
    public String environmentName() {
        return ConfigurationEnvironment.name(path);
    }

    public T defaultValue() {
        return defaultValue;
    }

    /** The default as JSON. */
    public String defaultJson() {
        return type.toJson(defaultValue);
    }

    /** The type's name, such as {@code integer}. */
    public String typeName() {
        return type.name();
    }

    /** The values allowed, such as {@code 0..65535}. */
    public String range() {
        return type.range();
    }

    /** What one of the value stands for, such as {@code bytes}; empty where there is nothing to count. */
    public String unit() {
        return unit;
    }

    /** What it does, in a sentence. */
    public String description() {
        return description;
    }

    /**
     * The value of a text, checked.
     *
     * @param origin where the text came from
     * @throws ConfigurationException if the text is not of the type or the value is out of range
     */
    T parse(String text, Origin origin) {
        try {
            return check(type.fromText(text), text, origin);
        } catch (UnusableValueException e) {
            throw unusable(text, origin);
        }
    }

    /** As {@link #parse(String, Origin)}, of a JSON node. */
    T parse(JsonNode node, Origin origin) {
        try {
            return check(type.fromJson(node), node.toString(), origin);
        } catch (UnusableValueException e) {
            throw unusable(node.toString(), origin);
        }
    }

    /** The value if it is in range. */
    T check(T value) {
        return check(value, type.toJson(value), Origin.CODE);
    }

    /** The value as it may be shown in logs. */
    String show(T value) {
        return type.isSecret() && !value.equals(defaultValue) ? "(hidden)" : type.toJson(value);
    }

    private T check(T value, String shown, Origin origin) {
        if (!type.accepts(value)) {
            throw unusable(shown, origin);
        }
        return value;
    }

    private ConfigurationException unusable(String shown, Origin origin) {
        String line = path + " must be " + type.expected();
        return new ConfigurationException(origin, type.isSecret() ? line : line + ", not " + abridge(shown));
    }

    private static String abridge(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        if (line.isBlank()) {
            return "empty";
        }
        return line.length() <= SHOWN_CHARACTERS_MAX ? line : line.substring(0, SHOWN_CHARACTERS_MAX) + "...";
    }

    @Override
    public String toString() {
        return path;
    }
}
