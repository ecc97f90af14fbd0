package dev.tessera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks the path of a command on the architecture page: short, and with classes that exist. */
@Tag(Layer.DOCS)
class ArchitecturePageTest {

    private static final Path PAGE = Path.of("docs", "architecture.md");
    private static final Pattern STEP = Pattern.compile("(?m)^\\| \\d+ \\| `(\\w+)` \\|");
    private static final int NAMES_MAX = 25;

    @Test
    void shouldTellThePathOfACommandInFewNames() throws IOException {
        List<String> names = STEP.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(row -> row.replaceAll(".*`(\\w+)`.*", "$1"))
                .toList();
        assertThat(names).isNotEmpty().hasSizeLessThanOrEqualTo(NAMES_MAX);

        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            sources = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(names).allSatisfy(name -> assertThat(sources).contains(name + ".java"));
    }
}
