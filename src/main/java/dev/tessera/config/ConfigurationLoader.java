package dev.tessera.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A loader that combines the sources of a configuration. Each source overrides those before it: the defaults, a file,
 * environment variables, flags. Confined to one thread. It reads a file, so event loops must not use it.
 */
public final class ConfigurationLoader {

    /** The file that is read if no other is named and it exists. Relative to the working directory. */
    public static final Path DEFAULT_FILE = Path.of("conf", "tessera.json");

    private final List<String> sources = new ArrayList<>();
    private final Values values = new Values();

    /**
     * Reads the settings of a file.
     *
     * @param named the file, which must exist; if empty, the loader reads {@link #DEFAULT_FILE} if that exists
     * @throws ConfigurationException if the file cannot be read, or has an unknown or unusable setting
     */
    public ConfigurationLoader file(Optional<Path> named) {
        Optional<Path> file = named.or(() -> Optional.of(DEFAULT_FILE).filter(Files::exists));
        file.ifPresent(path -> {
            values.override(ConfigurationFile.read(path));
            sources.add(path.toString());
        });
        return this;
    }

    /**
     * Reads the settings among environment variables.
     *
     * @param environment the variables by name
     * @throws ConfigurationException if a variable that starts with {@code TESSERA_} is unknown or unusable
     */
    public ConfigurationLoader environment(Map<String, String> environment) {
        Values read = ConfigurationEnvironment.read(environment);
        values.override(read);
        read.origins().map(Origin::name).sorted().forEach(sources::add);
        return this;
    }

    /**
     * Reads a setting of the command line.
     *
     * @param flag the flag as the user wrote it, such as {@code --port}
     * @param setting the setting of the flag
     * @param text the value as the user wrote it
     * @throws ConfigurationException if the text is unusable
     */
    public <T> ConfigurationLoader flag(String flag, Setting<T> setting, String text) {
        Origin origin = new Origin(Origin.Kind.FLAG, flag);
        DecodedText.requireWhole(text, setting, origin);
        values.put(setting, setting.parse(text, origin), origin);
        sources.add(flag);
        return this;
    }

    /**
     * Returns the configuration of all sources, checked as a whole.
     *
     * @throws ConfigurationException if settings contradict each other
     */
    public Configuration load() {
        return values.toConfiguration();
    }

    /** Returns the sources of the settings, weakest first, for the log. */
    public String sources() {
        return sources.isEmpty() ? "built-in defaults" : String.join(", ", sources);
    }
}
