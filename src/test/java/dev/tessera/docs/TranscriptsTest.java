package dev.tessera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import dev.tessera.testing.MarkdownBlocks.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that transcripts have only the marks whose blocks a test runs. */
@Tag(Layer.DOCS)
class TranscriptsTest {

    /** The marks that ProtocolCasesTest, EventBusCasesTest, SaveCasesTest and CurlTranscriptsTest run. */
    private static final List<String> MARKS = List.of("wscat", "wscat-nosessions", "wscat-save", "curl");

    @Test
    void shouldHaveMarksThatTestsRun() throws IOException {
        for (Path page : DocumentationPages.all()) {
            assertThat(MarkdownBlocks.read(page))
                    .extracting(Block::kind)
                    .filteredOn(kind -> kind.startsWith("wscat") || kind.startsWith("curl"))
                    .as("marks of %s", page)
                    .isSubsetOf(MARKS);
        }
    }

    @Test
    void shouldShowEveryKindOfTranscript() throws IOException {
        for (String mark : MARKS) {
            assertThat(DocumentationPages.withBlocks(mark))
                    .as("pages with %s", mark)
                    .isNotEmpty();
        }
    }

    /** A transcript outside of a block of its own kind would not run. */
    @Test
    void shouldMarkEveryTranscript() throws IOException {
        for (Path page : DocumentationPages.all()) {
            assertThat(MarkdownBlocks.read(page))
                    .as("blocks of %s", page)
                    .filteredOn(block ->
                            block.text().startsWith("> {") || block.text().startsWith("$ curl"))
                    .extracting(Block::kind)
                    .isSubsetOf(MARKS);
        }
    }
}
