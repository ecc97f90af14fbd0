package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.testing.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the tables of commands in the docs with the definitions of the commands. */
class CommandTablesTest {

    private static final Path PAGES = Path.of("docs", "commands");
    private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^\\| `([A-Z]+_[A-Z_]+)` \\|.*\\|$");
    /** {@code | `keys` | an array of strings | yes | ...}. */
    private static final Pattern PARAMETER_ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\| (yes|no) \\|.*$");

    static List<Command> commands() {
        return CommandRunner.COMMANDS;
    }

    static List<Command> commandsWithPages() {
        return Files.isDirectory(PAGES) ? commands() : List.of();
    }

    @Test
    void shouldListEveryCommandWithItsSummaryInTheReadme() throws IOException {
        String page = Files.readString(Path.of("README.md"));

        assertThat(matches(COMMAND_ROW, page))
                .containsExactlyElementsOf(commands().stream()
                        .map(command -> "| `" + command.name() + "` | " + command.summary() + " |")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldBeginTheSummaryWithAVerbAndEndItWithAFullStop(Command command) {
        assertThat(command.summary()).matches("[A-Z][a-z]+s .*[^.]\\.");
    }

    @Test
    void shouldHaveOnePageForEachCommand() throws IOException {
        if (!Files.isDirectory(PAGES)) {
            return;
        }
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .filteredOn(name -> !name.equals("README.md"))
                    .containsExactlyInAnyOrderElementsOf(
                            commands().stream().map(CommandTablesTest::page).toList());
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("commandsWithPages")
    void shouldListExactlyTheParametersOfTheCommandOnItsPage(Command command) throws IOException {
        List<String> expected = new ArrayList<>();
        if (command.takesToken()) {
            expected.add("| `tkn` | a token | yes |");
        }
        for (Parameter<?> parameter : command.parameters()) {
            expected.add("| `%s` | %s | %s |"
                    .formatted(parameter.name(), parameter.type(), parameter.required() ? "yes" : "no"));
        }

        assertThat(parameterRows(Files.readString(PAGES.resolve(page(command)))))
                .as("the table of parameters: | name | type | required | ...")
                .containsExactlyElementsOf(expected);
    }

    private static String page(Command command) {
        return command.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md";
    }

    private static List<String> parameterRows(String page) {
        List<String> rows = new ArrayList<>();
        Matcher row = PARAMETER_ROW.matcher(page);
        while (row.find()) {
            rows.add("| `%s` | %s | %s |".formatted(row.group(1), row.group(2), row.group(3)));
        }
        return rows;
    }

    private static List<String> matches(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(row -> row.group()).toList();
    }
}
