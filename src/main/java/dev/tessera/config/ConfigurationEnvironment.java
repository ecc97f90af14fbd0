package dev.tessera.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A reader of environment variables. Every variable that starts with {@code TESSERA_} must be a setting. */
final class ConfigurationEnvironment {

    static final String PREFIX = "TESSERA_";

    private static final SettingNames NAMES = new SettingNames(ConfigurationEnvironment::name);

    private ConfigurationEnvironment() {}

    /** Returns the variable of a setting, as in {@code TESSERA_LIMITS_MAX_DEPTH} for {@code limits.maxDepth}. */
    static String name(String path) {
        String words = path.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2");
        return PREFIX + words.toUpperCase(Locale.ROOT);
    }

    /**
     * Returns the settings among the variables.
     *
     * @throws ConfigurationException if a variable is unknown or its value unusable
     */
    static Values read(Map<String, String> environment) {
        Values values = new Values();
        // Sorted, so that the same variables always report the same fault.
        new TreeMap<>(environment).forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                put(values, name, text);
            }
        });
        return values;
    }

    private static void put(Values values, String name, String text) {
        Origin origin = new Origin(Origin.Kind.ENVIRONMENT, name);
        Setting<?> setting = NAMES.find(name);
        if (setting == null) {
            throw new ConfigurationException(origin, "there is no such setting" + NAMES.suggestion(name));
        }
        DecodedText.requireWhole(text, setting, origin);
        values.use(name, setting, NAMES, origin);
        put(values, setting, text, origin);
    }

    private static <T> void put(Values values, Setting<T> setting, String text, Origin origin) {
        values.put(setting, setting.parse(text, origin), origin);
    }
}
