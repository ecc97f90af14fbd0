package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A setting that {@link Settings} declares. Immutable. Two settings are equal only if they are the same object.
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
     * Returns the place in the file: the names of the members from the outermost inwards, joined by dots, as in
     * {@code limits.maxPayloadBytes}.
     */
    public String path() {
        return path;
    }

    /** Returns the paths of earlier versions. They still work, in the file and as environment variables. */
    public List<String> formerPaths() {
        return formerPaths;
    }

    /** Returns the environment variable, as in {@code TESSERA_LIMITS_MAX_PAYLOAD_BYTES}. */
    public String environmentName() {
        return ConfigurationEnvironment.name(path);
    }

    /** Returns the value that applies if no source has one. */
    public T defaultValue() {
        return defaultValue;
    }

    /** Returns the default as JSON. */
    public String defaultJson() {
        return type.toJson(defaultValue);
    }

    /** Returns the name of the type, such as {@code integer}. */
    public String typeName() {
        return type.name();
    }

    /** Returns the values allowed, such as {@code 0..65535}. */
    public String range() {
        return type.range();
    }

    /** Returns the unit of the value, such as {@code bytes}; empty if the value counts nothing. */
    public String unit() {
        return unit;
    }

    /** Returns the effect of the setting, in a sentence or two. */
    public String description() {
        return description;
    }

    /**
     * Returns the value of a text, checked.
     *
     * @param origin the source of the text
     * @throws ConfigurationException if the text is not of the type or the value is out of range
     */
    T parse(String text, Origin origin) {
        try {
            return check(type.fromText(text), text, origin);
        } catch (UnusableValueException e) {
            throw unusable(text, origin);
        }
    }

    /** Returns the value of a JSON node, checked. */
    T parse(JsonNode node, Origin origin) {
        try {
            return check(type.fromJson(node), node.toString(), origin);
        } catch (UnusableValueException e) {
            throw unusable(node.toString(), origin);
        }
    }

    /** Returns the value if it is in range, and throws otherwise. */
    T check(T value) {
        return check(value, type.toJson(value), Origin.CODE);
    }

    /** Returns the value as logs may show it. */
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
