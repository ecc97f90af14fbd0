package dev.tessera.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced code blocks of a page of the documentation, so that tests can run its examples. */
public final class MarkdownBlocks {

    private static final String FENCE = "```";

    /**
     * A block.
     *
     * @param kind the text after the opening fence, such as {@code sh}
     * @param text its lines
     */
    public record Block(String kind, String text) {}

    private MarkdownBlocks() {}

    /** Returns the blocks in the page's order. */
    public static List<Block> read(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        String kind = null;
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            if (kind != null && line.equals(FENCE)) {
                blocks.add(new Block(kind, String.join("\n", lines)));
                kind = null;
            } else if (kind != null) {
                lines.add(line);
            } else if (line.startsWith(FENCE)) {
                kind = line.substring(FENCE.length());
                lines.clear();
            }
        }
        return blocks;
    }
}
