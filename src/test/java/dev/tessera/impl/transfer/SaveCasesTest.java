package dev.tessera.impl.transfer;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.cases.Case;
import dev.tessera.testing.cases.CaseFile;
import dev.tessera.testing.cases.CaseRunner;
import dev.tessera.testing.cases.Conversation;
import dev.tessera.testing.cases.EventBusConversation;
import dev.tessera.testing.cases.HttpConversation;
import dev.tessera.testing.cases.WebSocketConversation;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the cases of saves and loads over every transport, each on its own server. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@ExpectLog(from = TransferVerticle.class, message = "^Loading '.*' failed")
class SaveCasesTest {

    @TempDir
    Path directory;

    private interface Connecting {
        Conversation to(TestServer server) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerOverWebSockets(Vertx vertx) throws Exception {
        return cases(vertx, 2, true, server -> new WebSocketConversation(server.connect()));
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerOverWebSocketsWithFramesOfVertxAndOneLoop(Vertx vertx) throws Exception {
        return cases(vertx, 1, false, server -> new WebSocketConversation(server.connect()));
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerOverHttp(Vertx vertx) throws Exception {
        return cases(vertx, 2, true, server -> new HttpConversation(server.port(), HttpClient.Version.HTTP_1_1));
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerOverTheEventBus(Vertx vertx) throws Exception {
        return cases(
                vertx, 3, true, server -> new EventBusConversation(server.vertx(), EventBusConversation.Body.STRING));
    }

    static List<Path> pages() throws IOException {
        return DocumentationPages.withBlocks("wscat-save");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldAnswerAsTheDocsShow(Path page, Vertx vertx) throws Exception {
        try (TestServer server = SaveServer.start(vertx, directory);
                Conversation conversation = new WebSocketConversation(server.connect())) {
            CaseRunner.runPage(CaseFile.page(page, "wscat-save"), conversation, server.clock());
        }
    }

    private Stream<DynamicTest> cases(Vertx vertx, int eventLoops, boolean ownCodec, Connecting connecting)
            throws Exception {
        return CaseFile.resource("save.cases").stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.name(), () -> run(one, vertx, eventLoops, ownCodec, connecting)));
    }

    private void run(Case one, Vertx vertx, int eventLoops, boolean ownCodec, Connecting connecting) throws Exception {
        Configuration configuration = SaveServer.configuration(Files.createTempDirectory(directory, "saves"))
                .with(Settings.EVENT_LOOPS, eventLoops)
                .with(Settings.WEBSOCKET_OWN_CODEC, ownCodec);
        try (TestServer server = TestServer.start(vertx, configuration);
                Conversation conversation = connecting.to(server)) {
            CaseRunner.run(one, conversation, server.clock());
        }
    }
}
