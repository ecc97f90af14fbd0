package dev.tessera.cli;

import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command-line option that sets a setting; the setting describes it.
 *
 * @param name the option, such as {@code --port}
 * @param valueLabel the label of the value in the help; null for an option that takes no value and means {@code true}
 */
record Flag(String name, @Nullable String valueLabel, Setting<?> setting) {

    static final List<Flag> ALL = List.of(
            new Flag("--host", "HOST", Settings.HOST),
            new Flag("--port", "PORT", Settings.PORT),
            new Flag("--management-port", "PORT", Settings.MANAGEMENT_PORT),
            new Flag("--data-dir", "DIR", Settings.DATA_DIR),
            new Flag("--journal", "off|everysec|always", Settings.JOURNAL),
            new Flag("--load-name", "NAME", Settings.LOAD_NAME),
            new Flag("--load-path", "DIR", Settings.LOAD_PATH),
            new Flag("--cluster", null, Settings.CLUSTER_ENABLED),
            new Flag("--cluster-host", "HOST", Settings.CLUSTER_HOST),
            new Flag("--cluster-port", "PORT", Settings.CLUSTER_PORT),
            new Flag("--cluster-members", "HOST:PORT,...", Settings.CLUSTER_MEMBERS),
            new Flag("--cluster-backups", "N", Settings.CLUSTER_BACKUPS),
            new Flag("--cluster-min-members", "N", Settings.CLUSTER_MIN_MEMBERS));

    /** The flags by their former names, which still work. */
    static final Map<String, Flag> FORMER =
            Map.of("--loadName", named("--load-name"), "--loadPath", named("--load-path"));

    private static Flag named(String name) {
        return ALL.stream().filter(flag -> flag.name.equals(name)).findFirst().orElseThrow();
    }

    /**
     * Returns the option for a former name, which the help does not show.
     *
     * @param formerName a key of {@link #FORMER}
     */
    OptionSpec toFormerOption(String formerName) {
        return OptionSpec.builder(formerName).type(String.class).hidden(true).build();
    }

    /**
     * Returns the option for picocli.
     *
     * @param order its place in the help
     */
    OptionSpec toOption(int order) {
        // The setting parses the text, so that a flag accepts the same values as an environment variable.
        OptionSpec.Builder option = OptionSpec.builder(name).order(order);
        return valueLabel == null
                ? option.type(boolean.class)
                        .arity("0")
                        .description(setting.description())
                        .build()
                : option.type(String.class)
                        .paramLabel(valueLabel)
                        .description(setting.description() + " Default: "
                                + setting.defaultJson().replace("\"", "") + ".")
                        .build();
    }
}
