package dev.tessera.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/configuration.md to what {@link Settings} declares. On failure, the expected lines can be copied into the
 * page.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");

    @Test
    void shouldDocumentEverySettingAsDeclared() throws IOException {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| `[^`]+` \\| `TESSERA_.*"))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Settings.ALL.stream().map(ConfigurationPageTest::row).toList());
    }

    private static String row(Setting<?> setting) {
        return "| "
                + String.join(
                        " | ",
                        "`" + setting.path() + "`",
                        "`" + setting.environmentName() + "`",
                        setting.typeName(),
                        "`" + setting.defaultJson() + "`",
                        setting.range(),
                        setting.unit().isEmpty() ? "-" : setting.unit(),
                        setting.description())
                + " |";
    }
}
