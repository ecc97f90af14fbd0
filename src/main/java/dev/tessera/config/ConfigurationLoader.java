package dev.tessera.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a configuration together: the defaults, overridden by a file, by environment variables, and by flags, each
 * stronger than those before it. Confined to one thread; it reads a file, so keep it off event loops.
 */
public final class ConfigurationLoader {

    /** The file that is read, if it is there, when no other is named. Relative to the working directory. */
    public static final Path DEFAULT_FILE = Path.of("conf", "tessera.json");

    private final List<String> sources = new ArrayList<>();
    private final Values values = new Values();

    /**
     * Takes the settings of a file.
     *
     * @param named the file that was asked for, which must exist; if empty, {@link #DEFAULT_FILE} is taken if it exists
     * @throws ConfigurationException if the file cannot be read or says something unusable
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
     * Takes the settings among environment variables.
     *
     * @throws ConfigurationException if one that starts with {@code TESSERA_} is unknown or unusable
     */
    public ConfigurationLoader environment(Map<String, String> environment) {
        Values read = ConfigurationEnvironment.read(environment);
        values.override(read);
        read.origins().map(Origin::name).sorted().forEach(sources::add);
        return this;
    }

    /**
     * Takes a setting from the command line.
     *
     * @param flag the flag as it was written, such as {@code --port}
     * @throws ConfigurationException if the text is unusable
     */
    public <T> ConfigurationLoader flag(String flag, Setting<T> setting, String text) {
        Origin origin = new Origin(Origin.Kind.FLAG, flag);
        values.put(setting, setting.parse(text, origin), origin);
        sources.add(flag);
        return this;
    }

    /**
     * What was taken, checked as a whole.
     *
     * @throws ConfigurationException if settings contradict each other
     */
    public Configuration load() {
        return values.toConfiguration();
    }

    /** Returns one line for each old name that a source uses, for the log. */
    public List<String> warnings() {
        return values.warnings();
    }

    /** Returns the sources of the settings, weakest first, for the log. */
    public String sources() {
        return sources.isEmpty() ? "built-in defaults" : String.join(", ", sources);
    }
}
