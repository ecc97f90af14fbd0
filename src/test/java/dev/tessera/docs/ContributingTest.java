package dev.tessera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that the Java code of CONTRIBUTING.md is part of the sources. On failure, copy it from there. */
@Tag(Layer.DOCS)
class ContributingTest {

    @Test
    void shouldShowCodeOfTheSources() throws IOException {
        List<String> shown = MarkdownBlocks.read(Path.of("CONTRIBUTING.md")).stream()
                .filter(block -> block.kind().equals("java"))
                .map(block -> withoutSpace(block.text()))
                .toList();
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.add(withoutSpace(Files.readString(file)));
            }
        }

        assertThat(shown)
                .isNotEmpty()
                .allSatisfy(code -> assertThat(sources).anyMatch(source -> source.contains(code)));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
