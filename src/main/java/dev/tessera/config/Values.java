package dev.tessera.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Values read from one or several sources, with the source of each. Confined to the thread that loads the
 * configuration.
 */
final class Values {

    private record Entry<T>(Setting<T> setting, T value, Origin origin) {

        Configuration applyTo(Configuration configuration) {
            return configuration.with(setting, value);
        }
    }

    private final Map<Setting<?>, Entry<?>> entries = new HashMap<>();

    <T> void put(Setting<T> setting, T value, Origin origin) {
        entries.put(setting, new Entry<>(setting, value, origin));
    }

    /** Takes over all of the other's values, in place of those that are here. */
    void override(Values other) {
        entries.putAll(other.entries);
    }

    Set<Setting<?>> settings() {
        return entries.keySet();
    }

    /** The configuration that they make, with defaults for the rest, checked as a whole. */
    Configuration toConfiguration() {
        Configuration configuration = Configuration.defaults();
        for (Entry<?> entry : entries.values()) {
            configuration = entry.applyTo(configuration);
        }
        for (Constraint rule : Constraint.ALL) {
            rule.requireKept(configuration, this::origin);
        }
        return configuration;
    }

    private Origin origin(Setting<?> setting) {
        Entry<?> entry = entries.get(setting);
        return entry != null ? entry.origin() : new Origin(Origin.Kind.FILE, "defaults");
    }
}
