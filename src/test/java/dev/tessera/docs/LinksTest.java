package dev.tessera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that every link of the pages leads to a file and a heading, and that an index lists every page. */
@Tag(Layer.DOCS)
class LinksTest {

    private static final String INDEX = "README.md";
    private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

    @Test
    void shouldLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : DocumentationPages.all()) {
            for (String link : links(page)) {
                if (!link.contains(":") && !leadsSomewhere(page, link)) {
                    broken.add(page + " links to " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldListEveryPageInAnIndex() throws IOException {
        Path index = DocumentationPages.DOCS.resolve(INDEX);
        Set<Path> listed = new HashSet<>(Set.of(index));
        Deque<Path> indexes = new ArrayDeque<>(Set.of(index));
        while (!indexes.isEmpty()) {
            Path next = indexes.remove();
            for (String link : links(next)) {
                Path target = target(next, link);
                if (!link.contains(":")
                        && listed.add(target)
                        && target.startsWith(DocumentationPages.DOCS)
                        && target.endsWith(INDEX)) {
                    indexes.add(target);
                }
            }
        }

        assertThat(DocumentationPages.all())
                .filteredOn(page -> page.startsWith(DocumentationPages.DOCS) && !listed.contains(page))
                .as("pages without a line in %s, or in the index of their folder", index)
                .isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        Path target = target(page, link);
        int hash = link.indexOf('#');
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    private static Path target(Path page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    private static List<String> links(Path page) throws IOException {
        List<String> links = new ArrayList<>();
        for (String line : prose(page)) {
            Matcher matcher = LINK.matcher(CODE.matcher(line).replaceAll("code"));
            while (matcher.find()) {
                links.add(matcher.group(1));
            }
        }
        return links;
    }

    /** Returns the anchors of a page's headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : prose(page)) {
            if (line.startsWith("#")) {
                String heading = line.replaceFirst("^#+ +", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
                String anchor = NOT_IN_ANCHORS
                        .matcher(heading.toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .replace(' ', '-');
                String unused = anchor;
                for (int i = 1; !anchors.add(unused); i++) {
                    unused = anchor + "-" + i;
                }
            }
        }
        return anchors;
    }

    private static List<String> prose(Path page) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inBlock = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) {
                inBlock = !inBlock;
            } else if (!inBlock) {
                lines.add(line);
            }
        }
        return lines;
    }
}
