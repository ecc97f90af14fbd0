package dev.tessera.impl.gateway.http;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.cases.Case;
import dev.tessera.testing.cases.CaseFile;
import dev.tessera.testing.cases.CaseRunner;
import dev.tessera.testing.cases.HttpConversation;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the case files over HTTP/1.1, and over HTTP/2 after the client has upgraded the connection. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class HttpCasesTest {

    @TestFactory
    Stream<DynamicTest> shouldAnswerAsTheCasesSay(Vertx vertx) throws Exception {
        TestServer server = TestServer.start(vertx);
        return Stream.of(HttpClient.Version.values())
                .flatMap(version -> Stream.of(
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
                                "http.cases")
                        .flatMap(HttpCasesTest::cases)
                        .map(one ->
                                DynamicTest.dynamicTest(version + ": " + one.name(), () -> run(one, server, version))))
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
                        run(one, with, HttpClient.Version.HTTP_1_1);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerWithoutSessionsAsTheCasesSay(Vertx vertx) {
        Configuration configuration =
                Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.SESSIONS_ENABLED, false);
        return Stream.of(
                        "nosessions.cases",
                        "edits-nosessions.cases",
                        "rid-nosessions.cases",
                        "ttl-nosessions.cases",
                        "list-nosessions.cases",
                        "batch-nosessions.cases",
                        "revisions-nosessions.cases")
                .flatMap(HttpCasesTest::cases)
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    try (TestServer without = TestServer.start(vertx, configuration)) {
                        run(one, without, HttpClient.Version.HTTP_1_1);
                    }
                }));
    }

    private static Stream<Case> cases(String file) {
        try {
            return CaseFile.resource(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Case one, TestServer server, HttpClient.Version version) throws Exception {
        try (HttpConversation conversation = new HttpConversation(server.port(), version)) {
            CaseRunner.run(one, conversation, server.clock());
        }
    }
}
