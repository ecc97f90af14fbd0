package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.work.SlowWork;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.event.Level;

/** Expensive searches and updates, over real sockets. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class SearchTest {

    /**
     * Descends from every node into every node below it, four levels deep. No machine finishes this within the time
     * limits of these tests.
     */
    private static final String COSTLY_PATH = "$..*..*..*..*..*[?(@ == 'nowhere')]";

    private static final int NESTED_LEVELS = 400;

    private final Configuration oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);

    @Test
    void shouldStopASearchThatTakesTooLongAndSayWhy(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.SEARCH_TIMEOUT, Duration.ofMillis(20)));
                TextSocket socket = server.connect()) {
            String token = session(socket, nested());
            assertThat(socket.ask(find(token, "keys", COSTLY_PATH)))
                    .isEqualTo("""
                            {"KV_FIND_RSP":{"st":203,"tkn":%s,"m":"%s"}}""".formatted(token, BudgetExceededException.tookTooLong(20)));
            assertThat(socket.ask(find(token, "keys", "$.a"))).isEqualTo("""
                            {"KV_FIND_RSP":{"tkn":%s,"st":1,"keys":["k"]}}""".formatted(token));
        }
    }

    @Test
    @ExpectLog(from = SlowWork.class, level = Level.WARN, message = "A KV_FIND ran for")
    void shouldAnswerOthersWhileASearchRuns(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.SEARCH_TIMEOUT, Duration.ofSeconds(4)));
                TextSocket searcher = server.connect();
                TextSocket other = server.connect()) {
            String token = session(other, nested());
            searcher.send(find(token, "keys", COSTLY_PATH));
            for (int i = 0; i < 10; i++) {
                assertThat(other.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"n":%s}}}""".formatted(token, i))).contains("\"n\":2");
            }
            assertThat(searcher.isQuiet()).as("the search is still running").isTrue();
            assertThat(searcher.receive()).contains("\"st\":203");
        }
    }

    @Test
    void shouldKeepTheOrderOfAnswersAfterASearch(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                TextSocket socket = server.connect()) {
            String token = session(socket, nested());
            for (int i = 0; i < 50; i++) {
                socket.send("""
                        {"KV_SET":{"tkn":%s,"keys":{"n":{"i":%s}}}}""".formatted(token, i));
                socket.send("""
                        {"KV_FIND":{"tkn":%s,"rsp":"kv","path":"$.i","keys":["n"]}}""".formatted(token));
                socket.send("""
                        {"KV_COUNT":{"tkn":%s}}""".formatted(token));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(socket.receive()).startsWith("{\"KV_SET_RSP\"");
                assertThat(socket.receive()).isEqualTo("""
                                {"KV_FIND_RSP":{"tkn":%s,"st":1,"keys":{"n":{"i":%s}}}}""".formatted(token, i));
                assertThat(socket.receive()).startsWith("{\"KV_COUNT_RSP\"");
            }
        }
    }

    @Test
    void shouldBoundResultsAndAnswers(Vertx vertx) throws Exception {
        Configuration configuration = oneLoop.with(Settings.SEARCH_MAX_RESULTS, 3)
                .with(Settings.MAX_PAYLOAD_BYTES, 32_768)
                .with(Settings.MAX_REPLY_BYTES, 131_072);
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            String token = session(socket, "[1,2,3,4]");
            assertThat(socket.ask(find(token, "paths", "$[0:3]"))).endsWith("""
                    "paths":["$[0]","$[1]","$[2]"]}}""");
            assertThat(socket.ask(find(token, "paths", "$[*]")))
                    .isEqualTo("""
                            {"KV_FIND_RSP":{"st":202,"tkn":%s,"m":"%s"}}""".formatted(token, BudgetExceededException.tooManyResults(3)));
        }
        try (TestServer server = TestServer.start(vertx, configuration.with(Settings.SEARCH_MAX_RESULTS, 100));
                TextSocket socket = server.connect()) {
            String token = session(socket, "0");
            for (int i = 0; i < 6; i++) {
                socket.send("""
                        {"KV_SETQ":{"tkn":%s,"keys":{"k%s":"%s"}}}""".formatted(token, i, "x".repeat(25_000)));
            }
            assertThat(socket.ask(find(token, "kv", "$")))
                    .isEqualTo("""
                            {"KV_FIND_RSP":{"st":202,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.answerTooLarge(131072)));
        }
    }

    @Test
    void shouldBoundHowManySearchesWait(Vertx vertx) throws Exception {
        Configuration configuration = oneLoop.with(Settings.SEARCH_MAX_WAITING, 2)
                .with(Settings.SEARCH_THREADS, 1)
                .with(Settings.SEARCH_TIMEOUT, Duration.ofMillis(200));
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            String token = session(socket, nested());
            for (int i = 0; i < 3; i++) {
                socket.send(find(token, "keys", COSTLY_PATH));
            }
            assertThat(socket.receive()).contains("\"st\":203");
            assertThat(socket.receive()).contains("\"st\":203");
            assertThat(socket.receive()).isEqualTo("""
                            {"KV_FIND_RSP":{"st":202,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.SEARCHES_WAITING));
        }
    }

    @Test
    void shouldStopAnUpdateThatTakesTooLongAndChangeNothing(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.UPDATE_TIMEOUT, Duration.ofMillis(1)));
                TextSocket socket = server.connect()) {
            String value = nested();
            String token = session(socket, value);
            assertThat(socket.ask(update(token, COSTLY_PATH, "0"))).contains("\"st\":203");
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token))).isEqualTo("""
                            {"KV_GET_RSP":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, value));
        }
    }

    @Test
    void shouldNotLetUpdatesOutgrowTheLimitsOfMessages(Vertx vertx) throws Exception {
        Configuration configuration =
                oneLoop.with(Settings.MAX_PAYLOAD_BYTES, 4096).with(Settings.MAX_DEPTH, 10);
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            String token = session(socket, "[1,2,3,4]");
            assertThat(socket.ask(update(token, "$[*]", "\"" + "x".repeat(2000) + "\"")))
                    .isEqualTo("""
                            {"KV_UPDATE_RSP":{"st":202,"tkn":%s,"m":"%s"}}""".formatted(token, BudgetExceededException.tooLarge(4096)));
            assertThat(socket.ask(update(token, "$[0]", "[[[[[[0]]]]]]"))).contains("\"cnt\":1");
            assertThat(socket.ask(update(token, "$[0][0][0][0]", "[[[[[[0]]]]]]")))
                    .contains("\"cnt\":1");
            assertThat(socket.ask(update(token, "$[0][0][0][0][0]", "[[[[[[0]]]]]]")))
                    .isEqualTo("""
                            {"KV_UPDATE_RSP":{"st":202,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.updateTooDeep("nesting is deeper than 10")));
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token))).endsWith("{\"k\":[[[[[[[[[[0]]]]]]]]],2,3,4]}}}");
        }
    }

    private static String session(TextSocket socket, String value) throws Exception {
        String token = socket.ask("""
                {"SH_NEW":{"name":"n"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
        socket.send("""
                {"KV_SETQ":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, value));
        return token;
    }

    private static String nested() {
        return "{\"a\":".repeat(NESTED_LEVELS) + "[1,2,3,4,5]" + "}".repeat(NESTED_LEVELS);
    }

    private static String find(String token, String form, String path) {
        return """
                {"KV_FIND":{"tkn":%s,"rsp":"%s","path":"%s"}}""".formatted(token, form, path);
    }

    private static String update(String token, String path, String value) {
        return """
                {"KV_UPDATE":{"tkn":%s,"key":"k","path":"%s","value":%s}}""".formatted(token, path, value);
    }
}
