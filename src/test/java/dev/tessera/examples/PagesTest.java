package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.Version;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Holds the Java examples of the pages to the ones that are compiled and run. On failure, copy the one into the other.
 */
@Tag(Layer.DOCS)
class PagesTest {

    private static final Path SOURCES = Path.of("examples", "java", "src", "dev", "tessera", "examples");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// tag::(\\w+)\\[]\\n(.*?)^ *// end::\\1\\[]$");

    @Test
    void shouldShowWhatIsCompiledAndRun() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Path page : List.of(
                Path.of("README.md"),
                Path.of("docs", "java.md"),
                Path.of("docs", "java-keys.md"),
                Path.of("docs", "java-event-bus.md"))) {
            MarkdownBlocks.read(page).stream()
                    .filter(block -> block.kind().equals("java"))
                    .forEach(block -> shown.add(block.text()));
        }

        // Some are shown on both pages.
        assertThat(new HashSet<>(shown)).containsExactlyInAnyOrderElementsOf(regions());
    }

    @Test
    void shouldNameTheVersionThatIsBuilt() throws IOException {
        assertThat(MarkdownBlocks.read(Path.of("docs", "java.md")).stream()
                        .filter(block -> block.kind().equals("xml")))
                .first()
                .satisfies(block -> assertThat(block.text()).contains("<version>" + Version.current() + "</version>"));
    }

    @Test
    void shouldNameEveryPackage() throws IOException {
        String page = Files.readString(Path.of("docs", "architecture.md"));
        try (Stream<Path> packages = Files.list(Path.of("src", "main", "java", "dev", "tessera", "impl"))) {
            assertThat(packages.filter(Files::isDirectory))
                    .isNotEmpty()
                    .allSatisfy(folder -> assertThat(page).contains("| `" + folder.getFileName() + "`"));
        }
    }

    private static List<String> regions() throws IOException {
        List<String> regions = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                Matcher matcher = REGION.matcher(Files.readString(file));
                while (matcher.find()) {
                    regions.add(matcher.group(2).stripTrailing().stripIndent());
                }
            }
        }
        return regions;
    }
}
