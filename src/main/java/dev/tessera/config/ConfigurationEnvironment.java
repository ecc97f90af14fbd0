package dev.tessera.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads settings from environment variables. Every variable that starts with {@code TESSERA_} must be a setting. */
final class ConfigurationEnvironment {

    static final String PREFIX = "TESSERA_";

    private static final Map<String, Setting<?>> BY_NAME =
            Settings.ALL.stream().collect(Collectors.toMap(Setting::environmentName, Function.identity()));

    private ConfigurationEnvironment() {}

    /**
     * The settings among the variables.
     *
     * @throws ConfigurationException if a variable is unknown or its value unusable
     */
    static Values read(Map<String, String> environment) {
        Values values = new Values();
        // Sorted, so that of several faults the same one is always named.
        new TreeMap<>(environment).forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                put(values, name, text);
            }
        });
        return values;
    }

    private static void put(Values values, String name, String text) {
        Origin origin = new Origin(Origin.Kind.ENVIRONMENT, name);
        Setting<?> setting = BY_NAME.get(name);
        if (setting == null) {
            throw new ConfigurationException(
                    origin, "there is no such setting" + Suggestion.of(name, BY_NAME.keySet()));
        }
        put(values, setting, text, origin);
    }

    private static <T> void put(Values values, Setting<T> setting, String text, Origin origin) {
        values.put(setting, setting.parse(text, origin), origin);
    }
}
