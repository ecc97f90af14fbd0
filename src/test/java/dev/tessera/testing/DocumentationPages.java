package dev.tessera.testing;

import dev.tessera.protocol.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The Markdown pages that users read: those at the top of the repository and all below {@code docs}. */
public final class DocumentationPages {

    /** The folder of the documentation. */
    public static final Path DOCS = Path.of("docs");

    private static final Path TOP = Path.of("");
    private static final String MARKDOWN = ".md";

    private DocumentationPages() {}

    /** Returns all pages, sorted by path. */
    public static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(TOP);
                Stream<Path> below = Files.walk(DOCS)) {
            Stream.concat(top, below)
                    .filter(page -> page.toString().endsWith(MARKDOWN))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }

    /** Returns the name of a status as the pages write it, such as {@code KeySet}. */
    public static String name(Status status) {
        StringBuilder name = new StringBuilder();
        for (String word : status.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** Returns the pages that have a fenced block of this kind, so that no page's examples are left out of a test. */
    public static List<Path> withBlocks(String kind) throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path page : all()) {
            if (MarkdownBlocks.read(page).stream()
                    .anyMatch(block -> block.kind().equals(kind))) {
                pages.add(page);
            }
        }
        return pages;
    }
}
