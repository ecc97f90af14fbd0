package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the table of docs/operators/configure.md with the declarations in {@link Settings} and {@link Flag}. */
@Tag(Layer.DOCS)
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs", "operators", "configure.md");

    @Test
    void shouldDocumentEverySettingAsDeclared() throws IOException {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| `[^`]+` \\| `TESSERA_.*"))
                .toList();
        List<String> declared =
                Settings.ALL.stream().map(ConfigurationPageTest::row).toList();

        assertThat(documented)
                .as(
                        "the table of settings. Copy these rows into %s:%n%s%n",
                        PAGE,
                        declared.stream()
                                .filter(row -> !documented.contains(row))
                                .collect(Collectors.joining("\n")))
                .containsExactlyElementsOf(declared);
    }

    private static String row(Setting<?> setting) {
        return "| "
                + String.join(
                        " | ",
                        code(setting.path()),
                        code(setting.environmentName()),
                        Flag.ALL.stream()
                                .filter(flag -> flag.setting() == setting)
                                .map(flag -> code(flag.name()))
                                .findAny()
                                .orElse("-"),
                        setting.typeName(),
                        code(setting.defaultJson()),
                        setting.range(),
                        setting.unit().isEmpty() ? "-" : setting.unit(),
                        setting.description() + formerPaths(setting))
                + " |";
    }

    private static String formerPaths(Setting<?> setting) {
        return setting.formerPaths().isEmpty()
                ? ""
                : setting.formerPaths().stream()
                        .map(ConfigurationPageTest::code)
                        .collect(Collectors.joining(", ", " Old name: ", "."));
    }

    private static String code(String text) {
        return '`' + text + '`';
    }
}
