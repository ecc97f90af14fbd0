package dev.tessera.impl.gateway.eventbus;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.cases.Case;
import dev.tessera.testing.cases.CaseFile;
import dev.tessera.testing.cases.CaseRunner;
import dev.tessera.testing.cases.EventBusConversation;
import dev.tessera.testing.cases.EventBusConversation.Body;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the case files and the transcripts of the docs over the event bus. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class EventBusCasesTest {

    private static final List<String> FILES = List.of(
            "messages.cases",
            "sessions.cases",
            "keys.cases",
            "search.cases",
            "edits.cases",
            "rid.cases",
            "ttl.cases",
            "list.cases",
            "batch.cases",
            "revisions.cases");
    private static final List<String> FILES_WITHOUT_SESSIONS = List.of(
            "nosessions.cases",
            "edits-nosessions.cases",
            "rid-nosessions.cases",
            "ttl-nosessions.cases",
            "list-nosessions.cases",
            "batch-nosessions.cases",
            "revisions-nosessions.cases");

    @TestFactory
    Stream<DynamicTest> shouldAnswerBuffersAsTheCasesSay(Vertx vertx) throws Exception {
        return cases(vertx, Body.BUFFER);
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerStringsAsTheCasesSay(Vertx vertx) throws Exception {
        return cases(vertx, Body.STRING);
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void shouldRefuseDisabledCommands(Body body, Vertx vertx) throws Exception {
        try (TestServer with = TestServer.start(
                vertx,
                Configuration.defaults()
                        .with(Settings.EVENT_LOOPS, 1)
                        .with(Settings.COMMANDS_DISABLED, List.of("SH_END_ALL", "KV_CLEAR")))) {
            for (Case one : CaseFile.resource("disabled.cases")) {
                run(one, with, body);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void shouldAnswerWithoutSessionsAsTheCasesSay(Body body, Vertx vertx) throws Exception {
        try (TestServer without = TestServer.start(
                vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 3).with(Settings.SESSIONS_ENABLED, false))) {
            for (String file : FILES_WITHOUT_SESSIONS) {
                for (Case one : CaseFile.resource(file)) {
                    new EventBusConversation(without.vertx(), body).ask("{\"KV_CLEAR\":{}}");
                    run(one, without, body);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void shouldAnswerAsTheDocsShow(Body body, Vertx vertx) throws Exception {
        for (Path page : DocumentationPages.withBlocks("wscat")) {
            try (TestServer fresh = TestServer.start(vertx)) {
                CaseRunner.runPage(
                        CaseFile.page(page, "wscat"), new EventBusConversation(fresh.vertx(), body), fresh.clock());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void shouldAnswerWithoutSessionsAsTheDocsShow(Body body, Vertx vertx) throws Exception {
        for (Path page : DocumentationPages.withBlocks("wscat-nosessions")) {
            try (TestServer fresh = TestServer.start(
                    vertx,
                    Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.SESSIONS_ENABLED, false))) {
                CaseRunner.runPage(
                        CaseFile.page(page, "wscat-nosessions"),
                        new EventBusConversation(fresh.vertx(), body),
                        fresh.clock());
            }
        }
    }

    private static Stream<DynamicTest> cases(Vertx vertx, Body body) throws Exception {
        TestServer server = TestServer.start(vertx);
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : FILES) {
            for (Case one : CaseFile.resource(file)) {
                tests.add(DynamicTest.dynamicTest(one.name(), () -> run(one, server, body)));
            }
        }
        return tests.stream().onClose(server::close);
    }

    private static void run(Case one, TestServer server, Body body) throws Exception {
        CaseRunner.run(one, new EventBusConversation(server.vertx(), body), server.clock());
    }
}
