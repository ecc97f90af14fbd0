package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method, against a real server with several stores. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class TesseraClientTest {

    private static TestServer server;
    private static TesseraClient tessera;

    private TesseraSession session;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 3));
        tessera = TesseraClient.create(vertx);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void newSession() throws Exception {
        Await.result(tessera.endAllSessions());
        session = Await.result(tessera.newSession("s"));
    }

    @Test
    void shouldDescribeASessionThatNeverExpires() throws Exception {
        assertThat(Await.result(session.info())).isEqualTo(new SessionInfo(false, 0, 0, 0, false));
        assertThat(Await.result(session.info()).expires()).isFalse();
    }

    @Test
    void shouldCreateASessionWithOptions() throws Exception {
        SessionOptions options = new SessionOptions()
                .setShared(true)
                .setDuration(Duration.ofMinutes(10))
                .setDeleteSession(true);
        TesseraSession made = Await.result(tessera.newSession("lobby", options));
        Await.result(made.set("a", 1));
        server.clock().advance(Duration.ofSeconds(100));

        assertThat(Await.result(made.info())).isEqualTo(new SessionInfo(true, 1, 600, 500, true));
        assertThat(Await.result(made.info()).expires()).isTrue();
    }

    @Test
    void shouldOpenASharedSession() throws Exception {
        SessionToken token = Await.result(tessera.newSession("lobby", new SessionOptions().setShared(true)))
                .token();

        assertThat(Await.result(tessera.openSession("lobby")).token()).isEqualTo(token);
    }

    @Test
    void shouldFindASessionByTheDigitsOfItsToken() throws Exception {
        Await.result(session.set("a", 1));

        TesseraSession same = tessera.session(SessionToken.parse(session.token().toString()));

        assertThat(Await.result(same.get("a"))).hasToString("1");
    }

    @Test
    void shouldReturnTheTokensOfExistingSessions() throws Exception {
        SessionToken other = Await.result(tessera.newSession("t")).token();
        SessionToken none = new SessionToken(7);

        assertThat(Await.result(tessera.exist(List.of(other, none, session.token()))))
                .containsExactly(other, session.token());
        assertThat(Await.result(tessera.exist(List.of()))).isEmpty();
    }

    @Test
    void shouldCountAllSessionsAndKeys() throws Exception {
        Await.result(tessera.newSession("t").compose(other -> other.set(Map.of("a", 1, "b", 2))));
        Await.result(session.set("a", 1));

        assertThat(Await.result(tessera.info())).isEqualTo(new SessionTotals(2, 3));
        assertThat(Await.result(tessera.endAllSessions())).isEqualTo(2);
        assertThat(Await.result(tessera.info())).isEqualTo(new SessionTotals(0, 0));
    }

    @Test
    void shouldSetOneKey() throws Exception {
        assertThat(Await.result(session.set("a", 1))).isTrue();
        assertThat(Await.result(session.set("a", 2))).isFalse();
        assertThat(Await.result(session.get("a"))).hasToString("2");
    }

    @Test
    void shouldSetSeveralKeysInTheirOrder() throws Exception {
        Await.result(session.set("b", 0));
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("c", 1);
        entries.put("b", null);
        entries.put("a", new JsonArray().add("x"));

        assertThat(Await.result(session.set(entries)))
                .containsExactly(
                        Map.entry("c", Status.KEY_SET),
                        Map.entry("b", Status.KEY_UPDATED),
                        Map.entry("a", Status.KEY_SET));
        assertThat(Await.result(session.keys())).containsExactly("b", "c", "a");
    }

    @Test
    void shouldAddOnlyMissingKeys() throws Exception {
        assertThat(Await.result(session.add("a", 1))).isTrue();
        assertThat(Await.result(session.add("a", 2))).isFalse();
        assertThat(Await.result(session.add(Map.of("a", 3, "b", 4))))
                .containsOnly(Map.entry("a", Status.KEY_EXISTS), Map.entry("b", Status.KEY_SET));
        assertThat(Await.result(session.get("a"))).hasToString("1");
    }

    @Test
    void shouldReturnTheKeysWithAValue() throws Exception {
        Await.result(session.set(Map.of("a", 1, "b", JsonText.of("null"), "c", "x")));

        assertThat(Await.result(session.get("none"))).isNull();
        assertThat(Await.result(session.get("b"))).isNull();
        assertThat(Await.result(session.get(List.of("c", "none", "b", "a"))))
                .containsExactly(Map.entry("c", JsonText.of("\"x\"")), Map.entry("a", JsonText.of("1")));
        assertThat(Await.result(session.get(List.of()))).isEmpty();
    }

    @Test
    void shouldReturnWhetherAKeyExists() throws Exception {
        Await.result(session.set("a", null));

        assertThat(Await.result(session.contains("a"))).isTrue();
        assertThat(Await.result(session.contains("b"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "tkn", "st", "m", "", "ä\n\"\\ 😀", "\u0000"})
    void shouldRemoveAKeyOfAnyName(String key) throws Exception {
        assertThat(Await.result(session.remove(key))).isFalse();
        Await.result(session.set(key, 1));

        assertThat(Await.result(session.keys())).containsExactly(key);
        assertThat(Await.result(session.remove(key))).isTrue();
        assertThat(Await.result(session.count())).isZero();
    }

    @Test
    void shouldClear() throws Exception {
        Await.result(session.set(Map.of("a", 1, "b", 2)));

        assertThat(Await.result(session.count())).isEqualTo(2);
        assertThat(Await.result(session.clear())).isEqualTo(2);
        assertThat(Await.result(session.count())).isZero();
    }

    @Test
    void shouldReplaceAllKeys() throws Exception {
        Await.result(session.set(Map.of("a", 1, "b", 2)));

        assertThat(Await.result(session.clearSet(Map.of("c", 3)))).isEqualTo(2);
        assertThat(Await.result(session.keys())).containsExactly("c");
        assertThat(Await.result(session.clearSet(Map.of()))).isEqualTo(1);
        assertThat(Await.result(session.keys())).isEmpty();
    }

    @Test
    void shouldFindByPath() throws Exception {
        Await.result(session.set(Map.of("p", JsonText.of("""
                {"make":"Apple"}""")))
                .compose(set -> session.set(Map.of("q", JsonText.of("""
                        {"make":"Samsung"}"""), "r", 7))));

        assertThat(Await.result(session.findKeys("$.make"))).containsExactly("p", "q");
        assertThat(Await.result(session.findKeys("$.make", "q", "r"))).containsExactly("q");
        assertThat(Await.result(session.findPaths("$.make", "p"))).containsExactly("$['make']");
        assertThat(Await.result(session.find("$.make", "q"))).containsOnly(Map.entry("q", JsonText.of("""
                        {"make":"Samsung"}""")));
        assertThat(failure(session.findKeys("$["))).isEqualTo(Status.PATH_INVALID);
    }

    @Test
    void shouldUpdateByPath() throws Exception {
        Await.result(session.set("a", JsonText.of("[1,2]")));

        assertThat(Await.result(session.update("a", "$[*]", "x"))).isEqualTo(2);
        assertThat(Await.result(session.update("a", "$[7]", "x"))).isZero();
        assertThat(Await.result(session.update("none", "$", "x"))).isZero();
        assertThat(Await.result(session.get("a"))).hasToString("""
                ["x","x"]""");
    }

    @Test
    void shouldHaveNoGlobalKeySpaceWithSessions() throws Exception {
        assertThat(failure(tessera.globalKeys().count())).isEqualTo(Status.SESSION_TOKEN_INVALID);
    }

    @Test
    void shouldEndASession() throws Exception {
        Await.result(session.end());

        assertThat(Await.result(tessera.exist(List.of(session.token())))).isEmpty();
        assertThat(failure(session.end())).isEqualTo(Status.SESSION_NOT_EXIST);
    }

    @Test
    void shouldReturnTheStoredText() throws Exception {
        JsonText exact = JsonText.of("""
                [1e400, 12345678901234567890123, 1.0, "\\u0061", {"x":1,"x":2}]""");
        Await.result(session.set("exact", exact));
        Await.result(session.set("object", new JsonObject().put("name", "Ada")));
        Await.result(session.set("text", "null"));

        assertThat(Await.result(session.get("exact"))).isEqualTo(exact);
        assertThat(Await.result(session.get("object")).toJsonObject()).isEqualTo(new JsonObject().put("name", "Ada"));
        assertThat(Await.result(session.get("text")).decode()).isEqualTo("null");
    }

    @Test
    void shouldFailWithTheStatusOfTheRefusal() throws Exception {
        TesseraSession none = tessera.session(new SessionToken(7));

        assertThat(failure(none.set("a", 1))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.add("a", 1))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.get("a"))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.contains("a"))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.remove("a"))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.remove("tkn"))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.clear())).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.clearSet(Map.of()))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.count())).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.keys())).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(none.info())).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(failure(session.set(Map.of()))).isEqualTo(Status.VALUE_SIZE);
        assertThat(failure(tessera.newSession(""))).isEqualTo(Status.VALUE_SIZE);
        assertThat(failure(tessera.openSession("nobody"))).isEqualTo(Status.SESSION_OPEN_FAIL);
        Await.result(tessera.newSession("lobby", new SessionOptions().setShared(true)));
        assertThat(failure(tessera.newSession("lobby", new SessionOptions().setShared(true))))
                .isEqualTo(Status.SESSION_NEW_FAIL);
        assertThat(failure(session.set("a", "x".repeat(1_048_576)))).isEqualTo(Status.VALUE_SIZE);
        assertThat(failure(session.set("a", JsonText.of("[".repeat(600) + "]".repeat(600)))))
                .isEqualTo(Status.JSON_INVALID);
    }

    @Test
    void shouldReportTheReasonOfARefusal() throws Exception {
        assertThat(Await.failure(tessera.openSession("nobody")))
                .isInstanceOf(TesseraException.class)
                .hasMessage(Messages.NO_SHARED_SESSION)
                .hasToString("dev.tessera.client.TesseraException: SESSION_OPEN_FAIL: " + Messages.NO_SHARED_SESSION);
    }

    @Test
    void shouldFailTheFutureIfAKeyOrValueHasNoJsonAndSendNothing() throws Exception {
        assertThat(Await.failure(session.set("\ud800", 1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.set("a", "\ud800"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.get("\udc00"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.set("a", Buffer.buffer("1")))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.add("a", new Object()))).isInstanceOf(EncodeException.class);
        assertThat(Await.failure(session.update("a", "$", new Object()))).isInstanceOf(EncodeException.class);
        assertThat(Await.failure(session.clearSet(Map.of("a", 1, "b", new Object()))))
                .isInstanceOf(EncodeException.class);
        assertThat(Await.failure(session.find("$.\ud800"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(tessera.newSession("\ud800"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(tessera.load("\ud800"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.result(session.count())).isZero();
    }

    @Test
    void shouldThrowAtOnceAndNameTheArgumentThatIsNull() throws Exception {
        assertNamed("key", () -> session.set(null, 1));
        assertNamed("key", () -> session.set(Collections.singletonMap(null, 1)));
        assertNamed("key", () -> session.add(null, 1));
        assertNamed("key", () -> session.get((String) null));
        assertNamed("key", () -> session.get(Arrays.asList("a", null)));
        assertNamed("key", () -> session.contains(null));
        assertNamed("key", () -> session.remove(null));
        assertNamed("key", () -> session.update(null, "$", 1));
        assertNamed("key", () -> session.find("$", (String) null));
        assertNamed("path", () -> session.find(null));
        assertNamed("map of entries", () -> session.set((Map<String, ?>) null));
        assertNamed("map of entries", () -> session.clearSet(null));
        assertNamed("collection of keys", () -> session.get((Collection<String>) null));
        assertNamed("array of keys", () -> session.findKeys("$", (String[]) null));
        assertNamed("name", () -> tessera.newSession(null));
        assertNamed("options", () -> tessera.newSession("s", null));
        assertNamed("name", () -> tessera.openSession(null));
        assertNamed("token", () -> tessera.session(null));
        assertNamed("token", () -> tessera.exist(Arrays.asList((SessionToken) null)));
        assertNamed("collection of tokens", () -> tessera.exist(null));
        assertNamed("collection of tokens", () -> tessera.save("s", null));
        assertNamed("name", () -> tessera.load(null));
        assertNamed("command", () -> tessera.execute((String) null));
        assertNamed("command", () -> tessera.execute((Buffer) null));
        assertNamed("Vertx", () -> TesseraClient.create(null));
        assertNamed("options", () -> TesseraClient.create(server.vertx(), null));
        assertNamed("token", () -> TesseraEvents.address(null));
        assertNamed("digits", () -> SessionToken.parse(null));
        assertNamed("JSON", () -> JsonText.of((String) null));
        assertNamed("duration", () -> new SessionOptions().setDuration(null));
        assertNamed("timeout", () -> new TesseraClientOptions().setTimeout(null));
        assertThat(Await.result(session.count())).isZero();
    }

    private static void assertNamed(String parameter, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null " + parameter + " accepted");
    }

    @Test
    void shouldExecuteAnyCommandAndReturnItsAnswerUnchanged() throws Exception {
        assertThat(Await.result(tessera.execute("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(session.token()))))
                .isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":%s,"st":1,"cnt":0}}""".formatted(session.token()));
        assertThat(Await.result(tessera.execute(Buffer.buffer("""
                                {"KV_SETQ":{"tkn":%s,"keys":{"a":1}}}""".formatted(session.token())))))
                .isEqualTo(Buffer.buffer());
        assertThat(Await.result(tessera.execute("""
                {"KV_COUNT":{"tkn":7}}"""))).isEqualTo("""
                        {"KV_COUNT_RSP":{"st":100,"tkn":7,"m":"%s"}}""".formatted(Messages.NO_SESSION));
        assertThat(Await.result(tessera.execute("\ud800"))).isEqualTo("""
                        {"ERR":{"st":3,"m":"%s"}}""".formatted(Messages.NOT_UTF8));
    }

    private static Status failure(Future<?> future) throws Exception {
        return ((TesseraException) Await.failure(future)).status();
    }
}
