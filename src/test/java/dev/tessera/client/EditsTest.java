package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that change in place, and the options of commands that write. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class EditsTest {

    private static final int CALLS = 500;

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
        session = Await.result(tessera.newSession("s"));
    }

    @Test
    void shouldMergeAPatch() throws Exception {
        assertThat(Await.result(session.merge("user", JsonText.of("""
                {"name":"Ada","score":1.50}""")))).isTrue();
        assertThat(Await.result(
                        session.merge("user", new JsonObject().putNull("name").put("plan", "free"))))
                .isFalse();
        assertThat(Await.result(session.get("user"))).hasToString("""
                {"score":1.50,"plan":"free"}""");

        assertThat(Await.result(session.merge("user", null))).isFalse();
        assertThat(Await.result(session.getVersioned("user")).value()).hasToString("null");
    }

    @Test
    void shouldApplyAPatchInAnyForm() throws Exception {
        Await.result(session.set("cart", JsonText.of("""
                {"items":["tea"], "total":1e400}""")));

        Await.result(session.patch("cart", JsonText.of("""
                [{"op":"test","path":"/total","value":1e400},{"op":"add","path":"/items/-","value":1.0}]""")));
        Await.result(session.patch(
                "cart", new JsonArray().add(new JsonObject().put("op", "remove").put("path", "/items/0"))));
        Await.result(session.patch("cart", List.of(Map.of("op", "add", "path", "/open", "value", true))));

        assertThat(Await.result(session.get("cart"))).hasToString("""
                {"items":[1.0], "total":1e400,"open":true}""");
    }

    @Test
    void shouldNameTheOperationThatFailed() throws Exception {
        Await.result(session.set("cart", new JsonObject().put("a", 1)));

        TesseraException noPath = refusal(session.patch("cart", JsonText.of("""
                [{"op":"add","path":"/b","value":1},{"op":"remove","path":"/none"}]""")));
        TesseraException test = refusal(session.patch("cart", JsonText.of("""
                [{"op":"test","path":"/a","value":2}]""")));

        assertThat(noPath.status()).isEqualTo(Status.NO_PATH);
        assertThat(noPath.operationIndex()).hasValue(1);
        assertThat(noPath.batchIndex()).isEmpty();
        assertThat(test)
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        conflict -> assertThat(conflict.revisions()).isEmpty());
        assertThat(test.operationIndex()).hasValue(0);
        assertThat(refusal(session.patch("none", List.of())).status()).isEqualTo(Status.KEY_NOT_EXIST);
        assertThat(refusal(session.patch("cart", "text")).status()).isEqualTo(Status.VALUE_TYPE_INVALID);
        assertThat(Await.result(session.get("cart"))).hasToString("""
                {"a":1}""");
    }

    @Test
    void shouldAddExactly() throws Exception {
        assertThat(Await.result(session.increment("n", new BigDecimal("0.10")))).isEqualTo(new BigDecimal("0.10"));
        assertThat(Await.result(session.increment("n", new BigDecimal("0.20")))).isEqualTo(new BigDecimal("0.30"));
        assertThat(Await.result(session.increment("n", new BigDecimal("-12345678901234567890123"))))
                .isEqualTo(new BigDecimal("-12345678901234567890122.70"));
    }

    @Test
    void shouldAddHugeAndTinyNumbersExactly() throws Exception {
        BigDecimal huge = new BigDecimal("1e400");
        BigDecimal tiny = new BigDecimal("1e-300");

        assertThat(Await.result(session.increment("n", huge))).isEqualByComparingTo(huge);
        assertThat(Await.result(session.increment("n", tiny))).isEqualTo(huge.add(tiny));
        assertThat(Await.result(session.get("n"))).hasToString(huge.add(tiny).toPlainString());
        assertThat(Await.result(session.increment("n", huge.negate()))).isEqualByComparingTo(tiny);
        for (String tooLong : List.of("1e2000", "1e-2000", "1e999999999", "-1e-2147483646")) {
            assertThat(refusal(session.increment("n", new BigDecimal(tooLong))).status())
                    .isEqualTo(Status.LIMIT_EXCEEDED);
        }
        assertThat(Await.result(session.increment("n", BigDecimal.ZERO))).isEqualByComparingTo(tiny);
    }

    @Test
    void shouldCountEveryIncrement() throws Exception {
        List<Future<BigDecimal>> sums = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            sums.add(session.increment("n", BigDecimal.ONE));
        }
        Await.result(Future.all(sums));

        assertThat(Await.result(session.get("n"))).hasToString(String.valueOf(CALLS));
        assertThat(sums.stream().map(Future::result).distinct()).hasSize(CALLS);
    }

    @Test
    void shouldAddAtAPath() throws Exception {
        WriteOptions score = new WriteOptions().setPath("$.score");

        assertThat(Await.result(session.increment("user", new BigDecimal("5"), score)))
                .isEqualTo(new BigDecimal("5"));
        assertThat(Await.result(session.increment("user", new BigDecimal("-7"), score)))
                .isEqualTo(new BigDecimal("-2"));
        assertThat(Await.result(session.get("user"))).hasToString("""
                {"score":-2}""");
        assertThat(refusal(session.increment("user", BigDecimal.ONE)).status()).isEqualTo(Status.KEY_TYPE_INVALID);
        assertThat(refusal(session.increment("user", BigDecimal.ONE, new WriteOptions().setPath("$[*]")))
                        .status())
                .isEqualTo(Status.PATH_INVALID);
    }

    @Test
    void shouldAppendElementsOfAnyType() throws Exception {
        assertThat(Await.result(session.append("a", Arrays.asList(JsonText.of("1.0"), null, "x"))))
                .isEqualTo(3);
        assertThat(Await.result(session.append("a", List.of(new JsonObject())))).isEqualTo(4);
        assertThat(Await.result(session.append("a", List.of()))).isEqualTo(4);
        assertThat(Await.result(session.get("a"))).hasToString("""
                [1.0,null,"x",{}]""");
        assertThat(Await.result(session.append("a", List.of(2, 3), new WriteOptions().setMax(3))))
                .isEqualTo(3);
        assertThat(Await.result(session.get("a"))).hasToString("[{},2,3]");
        assertThat(Await.result(session.append("a", List.of(2), new WriteOptions().setMax(0))))
                .isZero();
        assertThat(Await.result(session.append(
                        "u",
                        List.of("gold"),
                        new WriteOptions().setPath("$.tags").setMax(9))))
                .isEqualTo(1);
        assertThat(Await.result(session.get("u"))).hasToString("""
                {"tags":["gold"]}""");
        assertThat(refusal(session.append("u", List.of(1))).status()).isEqualTo(Status.KEY_TYPE_INVALID);
    }

    @Test
    void shouldDependOnRevisions() throws Exception {
        long revision = Await.result(session.replace("guard", 1, 0));
        WriteOptions now = new WriteOptions().setRevisions(Map.of("guard", revision));
        WriteOptions never = new WriteOptions().setRevisions(Map.of("guard", 0L));

        assertThat(Await.result(session.set("a", 1, now))).isTrue();
        assertThat(Await.result(session.set(Map.of("b", 1), now))).containsEntry("b", Status.KEY_SET);
        assertThat(Await.result(session.add("a", 1, now))).isFalse();
        assertThat(Await.result(session.merge("a", 1, now))).isFalse();
        assertThat(Await.result(session.increment("a", BigDecimal.ONE, now))).isEqualTo("2");
        assertThat(Await.result(session.append("c", List.of(1), now))).isEqualTo(1);
        Await.result(session.patch("c", List.of(), now));
        Await.result(session.replace("d", 1, 0, now));
        List<Future<?>> refused = List.of(
                session.set("a", 1, never),
                session.set(Map.of("a", 1), never),
                session.add("z", 1, never),
                session.add(Map.of("z", 1), never),
                session.merge("a", 1, never),
                session.increment("a", BigDecimal.ONE, never),
                session.append("c", List.of(1), never),
                session.patch("c", List.of(), never),
                session.replace("e", 1, 0, never),
                session.clearSet(Map.of(), never));
        for (Future<?> one : refused) {
            assertThat(((ConflictException) refusal(one)).revisions()).containsEntry("guard", revision);
        }
        assertThat(Await.result(session.keys())).containsExactly("guard", "a", "b", "c", "d");
        assertThat(Await.result(session.clearSet(Map.of("a", 1), now))).isEqualTo(5);
    }

    @Test
    void shouldRefuseWrongArgumentsAtOnce() throws Exception {
        assertNamed("key", () -> session.merge(null, 1));
        assertNamed("key", () -> session.patch(null, List.of()));
        assertNamed("operations", () -> session.patch("a", null));
        assertNamed("key", () -> session.increment(null, BigDecimal.ONE));
        assertNamed("amount", () -> session.increment("a", null));
        assertNamed("key", () -> session.append(null, List.of()));
        assertNamed("collection of elements", () -> session.append("a", null));
        assertNamed("options", () -> session.set("a", 1, (WriteOptions) null));
        assertNamed("options", () -> session.set(Map.of("a", 1), null));
        assertNamed("options", () -> session.add("a", 1, (WriteOptions) null));
        assertNamed("options", () -> session.clearSet(Map.of(), null));
        assertNamed("options", () -> session.merge("a", 1, null));
        assertNamed("options", () -> session.patch("a", List.of(), null));
        assertNamed("options", () -> session.increment("a", BigDecimal.ONE, null));
        assertNamed("options", () -> session.append("a", List.of(), null));
        assertNamed("path", () -> new WriteOptions().setPath(null));
        assertNamed("map of revisions", () -> new WriteOptions().setRevisions(null));
        assertThatThrownBy(() -> new WriteOptions().setRevisions(Map.of("a", -1L)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WriteOptions().setMax(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max must not be negative");
        WriteOptions path = new WriteOptions().setPath("$");
        assertThatThrownBy(() -> session.set("a", 1, path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this command has no option 'path'");
        assertThatThrownBy(() -> session.merge("a", 1, path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.increment("a", BigDecimal.ONE, new WriteOptions().setMax(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this command has no option 'max'");
        assertThat(Await.result(session.count())).isZero();
    }

    @Test
    void shouldFailTheFutureIfSomethingHasNoJsonAndSendNothing() throws Exception {
        List<Future<?>> calls = List.of(
                session.merge("\ud800", 1),
                session.merge("a", "\ud800"),
                session.patch("\ud800", List.of()),
                session.increment("\ud800", BigDecimal.ONE),
                session.increment("a", BigDecimal.ONE, new WriteOptions().setPath("$.\ud800")),
                session.append("\ud800", List.of()),
                session.append("a", List.of(1, "\udc00")),
                session.append("a", List.of(Buffer.buffer())),
                session.set("a", 1, new WriteOptions().setRevisions(Map.of("\ud800", 0L))));
        for (Future<?> call : calls) {
            assertThat(Await.failure(call)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Await.failure(session.append("a", List.of(new Object())))).isInstanceOf(EncodeException.class);
        assertThat(Await.failure(session.patch("a", new Object()))).isInstanceOf(EncodeException.class);
        assertThat(Await.result(session.count())).isZero();
    }

    private static void assertNamed(String parameter, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null " + parameter + " accepted");
    }

    private static TesseraException refusal(Future<?> future) throws Exception {
        return (TesseraException) Await.failure(future);
    }
}
