package dev.tessera.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The values of one or several sources, each with its origin. Confined to the thread that loads the configuration. */
final class Values {

    private record Entry<T>(Setting<T> setting, T value, Origin origin) {

        Configuration applyTo(Configuration configuration) {
            return configuration.with(setting, value);
        }
    }

    private final Map<Setting<?>, Entry<?>> entries = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** Stores a value, instead of an earlier one. */
    <T> void put(Setting<T> setting, T value, Origin origin) {
        entries.put(setting, new Entry<>(setting, value, origin));
    }

    /**
     * Notes that a source uses a name of a setting. To be called once for each name, before the value is put.
     *
     * @throws ConfigurationException if the same source has used another name of that setting
     */
    void use(String name, Setting<?> setting, SettingNames names, Origin origin) {
        String current = names.current(setting);
        if (entries.containsKey(setting)) {
            throw new ConfigurationException(
                    origin, current + " is given twice, also under an old name; keep only " + current);
        }
        if (!name.equals(current)) {
            warnings.add(name + (origin.kind() == Origin.Kind.FILE ? " in " + origin : "") + " is an old name; use "
                    + current);
        }
    }

    /** Takes over the other's values, instead of those that are here, and its warnings. */
    void override(Values other) {
        entries.putAll(other.entries);
        warnings.addAll(other.warnings);
    }

    Set<Setting<?>> settings() {
        return entries.keySet();
    }

    /** Returns the origin of every value. */
    Stream<Origin> origins() {
        return entries.values().stream().map(Entry::origin);
    }

    /** Returns the configuration of these values, with defaults for the rest, checked as a whole. */
    Configuration toConfiguration() {
        Configuration configuration = Configuration.defaults();
        for (Entry<?> entry : entries.values()) {
            configuration = entry.applyTo(configuration);
        }
        for (Constraint constraint : Constraint.ALL) {
            constraint.requireKept(configuration, this::origin);
        }
        return configuration.withWarnings(warnings);
    }

    private Origin origin(Setting<?> setting) {
        Entry<?> entry = entries.get(setting);
        return entry != null ? entry.origin() : new Origin(Origin.Kind.FILE, "defaults");
    }
}
