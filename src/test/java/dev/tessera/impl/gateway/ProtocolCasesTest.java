package dev.tessera.impl.gateway;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.cases.Case;
import dev.tessera.testing.cases.CaseFile;
import dev.tessera.testing.cases.CaseRunner;
import dev.tessera.testing.cases.WebSocketConversation;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table of cases, and the transcripts of the docs, over a real WebSocket. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ProtocolCasesTest {

    private static final Configuration WITHOUT_SESSIONS =
            Configuration.defaults().with(Settings.EVENT_LOOPS, 3).with(Settings.SESSIONS_ENABLED, false);

    @TestFactory
    Stream<DynamicTest> shouldAnswerAsTheCasesSay(Vertx vertx) throws Exception {
        return answers(TestServer.start(vertx));
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerAsTheCasesSayWithFramesOfVertx(Vertx vertx) throws Exception {
        return answers(TestServer.start(
                vertx,
                Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.WEBSOCKET_OWN_CODEC, false)));
    }

    private static Stream<DynamicTest> answers(TestServer server) {
        return Stream.of(
                        "messages.cases",
                        "sessions.cases",
                        "keys.cases",
                        "search.cases",
                        "edits.cases",
                        "rid.cases",
                        "ttl.cases",
                        "list.cases",
                        "batch.cases",
                        "revisions.cases",
                        "websocket.cases")
                .flatMap(ProtocolCasesTest::cases)
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one, server)))
                .onClose(server::close);
    }

    @TestFactory
    Stream<DynamicTest> shouldRefuseDisabledCommands(Vertx vertx) {
        Configuration configuration = Configuration.defaults()
                .with(Settings.EVENT_LOOPS, 1)
                .with(Settings.COMMANDS_DISABLED, List.of("SH_END_ALL", "KV_CLEAR"));
        return cases("disabled.cases")
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    try (TestServer with = TestServer.start(vertx, configuration)) {
                        run(one, with);
                    }
                }));
    }

    static List<Path> pages() throws IOException {
        return DocumentationPages.withBlocks("wscat");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldAnswerAsTheDocsShow(Path page, Vertx vertx) throws Exception {
        try (TestServer fresh = TestServer.start(vertx);
                WebSocketConversation conversation = new WebSocketConversation(fresh.connect())) {
            CaseRunner.runPage(CaseFile.page(page, "wscat"), conversation, fresh.clock());
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerWithoutSessionsAsTheCasesSay(Vertx vertx) throws Exception {
        TestServer withoutSessions = TestServer.start(vertx, WITHOUT_SESSIONS);
        return Stream.of(
                        "nosessions.cases",
                        "edits-nosessions.cases",
                        "rid-nosessions.cases",
                        "ttl-nosessions.cases",
                        "list-nosessions.cases",
                        "batch-nosessions.cases",
                        "revisions-nosessions.cases")
                .flatMap(ProtocolCasesTest::cases)
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    try (WebSocketConversation conversation = new WebSocketConversation(withoutSessions.connect())) {
                        conversation.ask("{\"KV_CLEAR\":{}}");
                        CaseRunner.run(one, conversation, withoutSessions.clock());
                    }
                }))
                .onClose(withoutSessions::close);
    }

    static List<Path> pagesWithoutSessions() throws IOException {
        return DocumentationPages.withBlocks("wscat-nosessions");
    }

    @ParameterizedTest
    @MethodSource("pagesWithoutSessions")
    void shouldAnswerWithoutSessionsAsTheDocsShow(Path page, Vertx vertx) throws Exception {
        try (TestServer fresh = TestServer.start(vertx, WITHOUT_SESSIONS);
                WebSocketConversation conversation = new WebSocketConversation(fresh.connect())) {
            CaseRunner.runPage(CaseFile.page(page, "wscat-nosessions"), conversation, fresh.clock());
        }
    }

    private static Stream<Case> cases(String file) {
        try {
            return CaseFile.resource(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(Case one, TestServer server) throws Exception {
        try (WebSocketConversation conversation = new WebSocketConversation(server.connect())) {
            CaseRunner.run(one, conversation, server.clock());
        }
    }
}
