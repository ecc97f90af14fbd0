package dev.tessera.cli;

import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command-line option that sets a setting; what it means is taken from there.
 *
 * @param name as it is typed, such as {@code --port}
 * @param valueLabel what the help shows for the value
 */
record Flag(String name, String valueLabel, Setting<?> setting) {

  static final List<Flag> ALL = List.of(
      new Flag("--host", "HOST", Settings.HOST),
      new Flag("--port", "PORT", Settings.PORT),
      new Flag("--data-dir", "DIR", Settings.DATA_DIR),
      new Flag("--journal", "off|everysec|always", Settings.JOURNAL),
      new Flag("--loadName", "NAME", Settings.LOAD_NAME),
      new Flag("--loadPath", "DIR", Settings.LOAD_PATH));

  /**
   * The option as picocli wants it.
   *
   * @param order its place in the help
   */
  OptionSpec toOption(int order) {
    // The setting parses the text, so that a flag takes and refuses the same as an environment variable.
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(valueLabel)
        .order(order)
        .description(setting.description() + " Default: " + setting.defaultJson().replace("\"", "") + ".")
        .build();
  }
}
