package dev.tessera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.protocol.Status;
import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the table of statuses to {@link Status}. On failure, give the missing status a row on the page. */
@Tag(Layer.DOCS)
class StatusesPageTest {

    private static final Path PAGE = DocumentationPages.DOCS.resolve("clients").resolve("statuses.md");
    private static final Pattern ROW = Pattern.compile("(\\| [0-9]+ \\| \\w+ \\|) .+ \\| .+ \\|");

    @Test
    void shouldExplainEveryStatusOnce() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();

        List<String> expected =
                Stream.of(Status.values()).map(StatusesPageTest::row).toList();
        assertThat(expected)
                .filteredOn(row -> !rows.contains(row))
                .as("rows that %s lacks, each with a cause and a remedy after it", PAGE)
                .isEmpty();
        assertThat(rows)
                .as("the first two columns of %s, in the order of the numbers", PAGE)
                .containsExactlyElementsOf(expected);
    }

    private static String row(Status status) {
        return "| " + status.code() + " | " + DocumentationPages.name(status) + " |";
    }
}
