package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import dev.tessera.testing.MarkdownBlocks.Block;
import dev.tessera.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the examples of docs/operators/configure.md: each starts, or fails with the text that the page shows below it.
 */
@Tag(Layer.DOCS)
class ConfigurationExamplesIT {

    private static final Path PAGE = Path.of("docs", "operators", "configure.md");

    /** An example with the error that the page shows; empty if it must start. */
    record Example(Block block, String error) {}

    @TempDir
    Path directory;

    static Stream<Example> examples() throws IOException {
        List<Block> blocks = MarkdownBlocks.read(PAGE);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).kind().equals("text")) {
                boolean fails =
                        i + 1 < blocks.size() && blocks.get(i + 1).kind().equals("text");
                examples.add(
                        new Example(blocks.get(i), fails ? blocks.get(i + 1).text() : ""));
            }
        }
        return examples.stream();
    }

    @Test
    void shouldFindTheExamples() throws IOException {
        assertThat(examples()).extracting(example -> example.block().kind()).contains("json", "json invalid", "sh");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldDoWhatThePageSays(Example example) throws Exception {
        try (ServerProcess server = start(example.block())) {
            if (example.error().isEmpty()) {
                server.awaitReady();
            } else {
                assertThat(server.awaitExit()).isPositive();
                assertThat(server.errors()).singleElement().asString().endsWith(example.error());
            }
        }
    }

    private ServerProcess start(Block block) throws IOException {
        if (block.kind().equals("sh")) {
            // The page's reader has the jar in the working directory.
            Files.copy(ServerProcess.jar(), directory.resolve("tessera.jar"));
            return ServerProcess.command().in(directory).startShell(block.text());
        }
        Path file = Files.writeString(directory.resolve("tessera.json"), block.text());
        return ServerProcess.command("--config", file.toString()).start();
    }
}
