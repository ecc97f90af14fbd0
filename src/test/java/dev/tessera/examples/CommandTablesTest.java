package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.Schema;
import dev.tessera.protocol.Status;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the tables of commands in the docs with the definitions of the commands. */
@Tag(Layer.DOCS)
class CommandTablesTest {

    private static final Path CASES = Path.of("src", "test", "resources", "cases");
    private static final Path PAGES = Path.of("docs", "clients", "commands");
    private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^(\\| `[A-Z]+_[A-Z_]+` \\|.*\\|)$");
    /** {@code | `keys` | array | yes | ...}. */
    private static final Pattern PARAMETER_ROW =
            Pattern.compile("(?m)^(\\| `\\w+` \\| [a-z, ]+ \\| (?:yes|no) \\|).*$");

    /** {@code | 26 ParamMissing | ... |}. */
    private static final Pattern FAULT_ROW = Pattern.compile("(?m)^\\| (\\d+ \\w+) \\|.*$");
    /** A reply that begins with a status; groups: the command and the code. */
    private static final Pattern REPLY_WITH_STATUS = Pattern.compile("\"(\\w+)_RSP\":\\{\"st\":(\\d+)");

    static List<Command> commands() {
        return CommandRunner.COMMANDS;
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
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            commands().stream().map(CommandTablesTest::page).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldBeginThePageWithNameAndSummary(Command command) throws IOException {
        assertThat(read(command)).startsWith("# " + command.name() + "\n\n" + command.summary() + "\n\n");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldListExactlyTheParametersOfTheCommandOnItsPage(Command command) throws IOException {
        List<String> expected = new ArrayList<>();
        if (command.takesToken()) {
            expected.add("| `tkn` | token | yes |");
        }
        command.parameters().forEach(parameter -> expected.add(row(parameter)));
        // The request id is an option of every command, so the page of the protocol describes it.
        command.options().stream()
                .filter(option -> option != RequestOptions.REQUEST_ID)
                .forEach(option -> expected.add(row(option)));

        assertThat(matches(PARAMETER_ROW, read(command))).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldListExactlyTheFaultsOfTheCommandOnItsPage(Command command) throws IOException {
        String page = read(command);

        assertThat(matches(FAULT_ROW, page.substring(page.indexOf("## Failures"))))
                .containsExactlyElementsOf(command.faults().stream()
                        .map(status -> status.code() + " " + DocumentationPages.name(status))
                        .toList());
    }

    @Test
    void shouldTellTheFaultsOfAllCommandsOnThePageOfTheProtocol() throws IOException {
        String page = Files.readString(Path.of("docs", "clients", "protocol.md"));
        String errors = page.substring(page.indexOf("## Errors"), page.indexOf("## Without sessions"));

        assertThat(Command.COMMON_FAULTS)
                .allSatisfy(status -> assertThat(errors).containsPattern("\\b" + status.code() + "\\b"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldDeclareEveryFaultThatTheCasesHave(Command command) throws IOException {
        Set<Status> replied = EnumSet.noneOf(Status.class);
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file : files.toList()) {
                REPLY_WITH_STATUS
                        .matcher(Files.readString(file))
                        .results()
                        .filter(reply -> reply.group(1).equals(command.name()))
                        .map(reply -> Status.of(Integer.parseInt(reply.group(2))))
                        .filter(Status::isFault)
                        .forEach(replied::add);
            }
        }

        replied.removeAll(Command.COMMON_FAULTS);
        assertThat(command.faults()).containsAll(replied);
    }

    private static String row(Parameter<?> parameter) {
        return "| `%s` | %s | %s |"
                .formatted(parameter.name(), types(parameter.schema()), parameter.required() ? "yes" : "no");
    }

    /** Returns the types that a schema allows, such as "number, object or string". */
    private static String types(Schema schema) {
        List<String> types = new ArrayList<>();
        if (schema.members().get("type") instanceof List<?> several) {
            several.forEach(type -> types.add(type.toString()));
        } else if (schema.members().get("oneOf") instanceof List<?> forms) {
            forms.forEach(form -> types.add(types((Schema) form)));
        } else {
            Object constant = schema.members().get("const") instanceof String ? "string" : "any";
            types.add(schema.members().getOrDefault("type", constant).toString());
        }
        String last = types.remove(types.size() - 1);
        return types.isEmpty() ? last : String.join(", ", types) + " or " + last;
    }

    private static String page(Command command) {
        return command.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md";
    }

    private static String read(Command command) throws IOException {
        return Files.readString(PAGES.resolve(page(command)));
    }

    /** Returns the first group of each match. */
    private static List<String> matches(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(row -> row.group(1)).toList();
    }
}
