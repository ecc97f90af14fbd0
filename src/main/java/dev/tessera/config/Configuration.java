package dev.tessera.config;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value for every setting. Immutable, so that any thread may read it; a reader on a hot path should ask once and keep
 * the answer.
 */
public final class Configuration {

    private static final Configuration DEFAULTS = new Configuration(Map.of());

    /** Only what differs from the defaults. */
    private final Map<Setting<?>, Object> values;

    private Configuration(Map<Setting<?>, Object> values) {
        this.values = values;
    }

    /** The configuration in which every setting has its default. */
    public static Configuration defaults() {
        return DEFAULTS;
    }

    /** The value of a setting, never null. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        // Only with() puts values in, each beside a setting of its type.
        return (T) values.getOrDefault(setting, setting.defaultValue());
    }

    /**
     * This configuration with another value for one setting.
     *
     * @throws ConfigurationException if the value is out of range; whether settings agree with each other is left to
     *     {@link #requireConsistent()}
     */
    public <T> Configuration with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> changed = new HashMap<>(values);
        if (setting.check(value).equals(setting.defaultValue())) {
            changed.remove(setting);
        } else {
            changed.put(setting, value);
        }
        return new Configuration(changed);
    }

    /**
     * This configuration, if its settings agree with each other.
     *
     * @throws ConfigurationException if they do not
     */
    public Configuration requireConsistent() {
        for (Constraint rule : Constraint.ALL) {
            rule.requireKept(this, setting -> Origin.CODE);
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration configuration && values.equals(configuration.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Every setting with its value; secrets are hidden. */
    @Override
    public String toString() {
        return Settings.ALL.stream().map(this::show).collect(Collectors.joining(", "));
    }

    /** A setting with its value as it may be logged, as in {@code limits.maxDepth=512}. */
    public <T> String show(Setting<T> setting) {
        return setting.path() + "=" + setting.show(get(setting));
    }
}
