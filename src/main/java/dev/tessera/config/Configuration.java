package dev.tessera.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A value for every setting. Immutable, so that any thread may read it. Code on a hot path reads a value once and keeps
 * it.
 */
public final class Configuration {

    private static final Configuration DEFAULTS = new Configuration(Map.of(), List.of());

    /** Only the values that differ from the defaults. */
    private final Map<Setting<?>, Object> values;

    private final List<String> warnings;

    private Configuration(Map<Setting<?>, Object> values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    /** Returns the configuration in which every setting has its default. */
    public static Configuration defaults() {
        return DEFAULTS;
    }

    /** Returns the value of a setting. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        // Only with() stores values, each under a setting of its type.
        return (T) values.getOrDefault(setting, setting.defaultValue());
    }

    /**
     * Returns a copy with another value for one setting. The copy may contradict itself until
     * {@link #requireConsistent()} has checked it.
     *
     * @throws ConfigurationException if the value is out of range
     */
    public <T> Configuration with(Setting<T> setting, T value) {
        Objects.requireNonNull(setting, "no null setting accepted");
        Objects.requireNonNull(value, "no null value accepted");
        Map<Setting<?>, Object> changed = new HashMap<>(values);
        if (setting.check(value).equals(setting.defaultValue())) {
            changed.remove(setting);
        } else {
            changed.put(setting, value);
        }
        return new Configuration(changed, warnings);
    }

    /** Returns one line for each old name of a setting in its sources. A server logs them when it starts. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns a copy with these warnings. */
    Configuration withWarnings(List<String> lines) {
        return new Configuration(values, List.copyOf(lines));
    }

    /**
     * Returns this configuration after a check that its settings agree with each other.
     *
     * @throws ConfigurationException if they contradict each other
     */
    public Configuration requireConsistent() {
        for (Constraint constraint : Constraint.ALL) {
            constraint.requireKept(this, setting -> Origin.CODE);
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

    /** Returns every setting with its value. Secrets are hidden. */
    @Override
    public String toString() {
        return Settings.ALL.stream().map(this::show).collect(Collectors.joining(", "));
    }

    /** Returns a setting with its value for the log, as in {@code limits.maxDepth=512}. Secrets are hidden. */
    public <T> String show(Setting<T> setting) {
        return setting.path() + "=" + setting.show(get(setting));
    }
}
