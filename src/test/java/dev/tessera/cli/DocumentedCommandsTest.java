package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import dev.tessera.testing.MarkdownBlocks.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the commands in the docs with the options and variables that exist. */
@Tag(Layer.DOCS)
class DocumentedCommandsTest {

    private static final Pattern COMMAND = Pattern.compile(
            "(?<variables>(?:TESSERA_\\S+ )*)java (?:-[XD]\\S+ )*-jar \\S*tessera\\.jar(?<arguments>.*)");
    private static final List<String> VARIABLES =
            Settings.ALL.stream().map(Setting::environmentName).toList();

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path page : DocumentationPages.all()) {
            if (!commands(page).isEmpty()) {
                pages.add(page);
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldBeTakenByTheCommandLine(Path page) throws IOException {
        List<Matcher> commands = commands(page);

        assertThat(commands).allMatch(Matcher::matches);
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

    /**
     * Returns the lines that start Tessera, without those that a page shows together with the error that they cause.
     */
    private static List<Matcher> commands(Path page) throws IOException {
        List<Block> blocks = MarkdownBlocks.read(page);
        List<Matcher> commands = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            boolean fails = i + 1 < blocks.size() && blocks.get(i + 1).text().startsWith("tessera: ");
            if (blocks.get(i).kind().startsWith("sh") && !fails) {
                blocks.get(i)
                        .text()
                        .replaceAll("\\\\\n\\s*", "")
                        .lines()
                        .filter(line -> line.contains("tessera.jar"))
                        .map(COMMAND::matcher)
                        .forEach(commands::add);
            }
        }
        return commands;
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }
}
