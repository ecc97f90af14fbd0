package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.testing.MarkdownBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the commands that the pages tell people to type to the options and variables that there are. */
class DocumentedCommandsTest {

    private static final Pattern COMMAND = Pattern.compile(
            "(?<variables>(?:TESSERA_\\S+ )*)java (?:-[XD]\\S+ )*-jar \\S*tessera\\.jar(?<arguments>.*)");
    private static final List<String> VARIABLES =
            Settings.ALL.stream().map(Setting::environmentName).toList();

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/performance.md", "docs/decisions.md"})
    void shouldBeTakenByTheCommandLine(String page) throws IOException {
        List<Matcher> commands = MarkdownBlocks.read(Path.of(page)).stream()
                .filter(block -> block.kind().startsWith("sh"))
                .flatMap(block -> block.text().replaceAll("\\\\\n\\s*", "").lines())
                .filter(line -> line.contains("tessera.jar"))
                .map(COMMAND::matcher)
                .toList();

        assertThat(commands).isNotEmpty().allMatch(Matcher::matches);
        for (Matcher command : commands) {
            String[] arguments = words(command.group("arguments"));
            assertThatCode(() -> Main.commandLine().parseArgs(arguments))
                    .as(page + ": " + String.join(" ", arguments))
                    .doesNotThrowAnyException();
            assertThat(words(command.group("variables")))
                    .allSatisfy(variable -> assertThat(variable.substring(0, variable.indexOf('=')))
                            .isIn(VARIABLES));
        }
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }
}
