package dev.tessera.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The names of the settings in one kind of source, with the old names that still work. Immutable.
 *
 * @see Setting#formerPaths()
 */
final class SettingNames {

    private final UnaryOperator<String> form;
    private final Map<String, Setting<?>> byName = new HashMap<>();

    /**
     * Creates the names of one kind of source.
     *
     * @param form returns the name that stands for a path in this source
     */
    SettingNames(UnaryOperator<String> form) {
        this.form = form;
        for (Setting<?> setting : Settings.ALL) {
            add(setting.path(), setting);
            setting.formerPaths().forEach(path -> add(path, setting));
        }
    }

    private void add(String path, Setting<?> setting) {
        if (byName.put(form.apply(path), setting) != null) {
            throw new IllegalStateException("two settings are called " + form.apply(path));
        }
    }

    /** Returns the setting of that current or old name, or null. */
    @Nullable
    Setting<?> find(String name) {
        return byName.get(name);
    }

    /** Returns the name that the setting has today. */
    String current(Setting<?> setting) {
        return form.apply(setting.path());
    }

    /** Returns whether any name begins so. */
    boolean anyStartsWith(String prefix) {
        return byName.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /**
     * Returns a hint for the error text about an unknown name: the current name of the nearest setting or section;
     * empty if none is near.
     */
    String suggestion(String unknown) {
        Set<String> known = new HashSet<>(byName.keySet());
        // A section is a name too. There is none inside another.
        if (!unknown.contains(".")) {
            byName.keySet().stream()
                    .filter(name -> name.contains("."))
                    .forEach(name -> known.add(name.substring(0, name.indexOf('.'))));
        }
        return Suggestion.nearest(unknown, known)
                .map(name -> " (did you mean " + currentOrSection(name) + "?)")
                .orElse("");
    }

    private String currentOrSection(String name) {
        Setting<?> setting = byName.get(name);
        return setting == null ? name : current(setting);
    }
}
