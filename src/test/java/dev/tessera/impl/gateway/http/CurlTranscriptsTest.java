package dev.tessera.impl.gateway.http;

import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.Tool;
import dev.tessera.testing.cases.CaseFile;
import dev.tessera.testing.cases.CaseRunner;
import dev.tessera.testing.cases.CurlConversation;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the shell commands of the docs, and expects the output of the docs. */
@Tag(Layer.CLIENT)
@ExtendWith(VertxExtension.class)
@RequiresTool(Tool.CURL)
class CurlTranscriptsTest {

    static List<Path> pages() throws IOException {
        return DocumentationPages.withBlocks("curl");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldPrintWhatTheDocsShow(Path page, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx);
                CurlConversation curl = new CurlConversation(server.port())) {
            CaseRunner.runCurlPage(CaseFile.curlPage(page), curl, server.clock());
        }
    }
}
