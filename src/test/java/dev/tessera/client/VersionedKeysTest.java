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
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.EncodeException;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Revisions, conditions and computed values. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class VersionedKeysTest {

    private static final int CLIENTS = 50;
    private static final int INCREMENTS = 10;

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
    void shouldReturnValuesWithTheirRevisions() throws Exception {
        Await.result(session.set(Map.of("a", 1)));
        Await.result(session.set("b", null));

        VersionedValue a = Await.result(session.getVersioned("a"));
        VersionedValue b = Await.result(session.getVersioned("b"));

        assertThat(a.value()).hasToString("1");
        assertThat(a.exists()).isTrue();
        assertThat(b.value()).hasToString("null");
        assertThat(b.revision()).isGreaterThan(a.revision()).isLessThan(1L << 53);
        assertThat(Await.result(session.getVersioned("c"))).isEqualTo(new VersionedValue(null, 0));
        assertThat(Await.result(session.getVersioned("c")).exists()).isFalse();
        assertThat(Await.result(session.getVersioned(List.of("c", "b", "a"))))
                .containsExactly(Map.entry("c", new VersionedValue(null, 0)), Map.entry("b", b), Map.entry("a", a));
        assertThat(Await.result(session.getVersioned(List.of()))).isEmpty();
    }

    @Test
    void shouldReplaceAKeyOfTheRevisionAlone() throws Exception {
        long first = Await.result(session.replace("a", 1, 0));
        long second = Await.result(session.replace("a", 2, first));

        assertThat(second).isGreaterThan(first);
        assertThat(Await.result(session.getVersioned("a"))).isEqualTo(new VersionedValue(JsonText.of("2"), second));
        assertThat(conflict(session.replace("a", 3, first)).revisions()).containsExactly(Map.entry("a", second));
        assertThat(conflict(session.replace("a", 3, 0)).revisions()).containsExactly(Map.entry("a", second));
        assertThat(conflict(session.replace("none", 3, second)).revisions()).containsExactly(Map.entry("none", 0L));
        assertThat(Await.result(session.getVersioned("a"))).isEqualTo(new VersionedValue(JsonText.of("2"), second));
    }

    @Test
    void shouldRemoveAKeyOfTheRevisionAlone() throws Exception {
        long revision = Await.result(session.replace("tkn", 1, 0));

        assertThat(conflict(session.remove("tkn", revision - 1)).revisions())
                .containsExactly(Map.entry("tkn", revision));
        assertThat(Await.result(session.contains("tkn"))).isTrue();
        Await.result(session.remove("tkn", revision));
        assertThat(Await.result(session.contains("tkn"))).isFalse();
        Await.result(session.remove("tkn", 0));
        assertThat(conflict(session.remove("tkn", revision)).revisions()).containsExactly(Map.entry("tkn", 0L));
    }

    @Test
    void shouldReportAConflictAsARefusalOfItsOwn() throws Exception {
        ConflictException conflict = conflict(session.replace("a", 1, 7));

        assertThat(conflict.status()).isEqualTo(Status.CONFLICT);
        assertThat(conflict)
                .hasMessage(Messages.CONFLICT)
                .hasToString("dev.tessera.client.ConflictException: CONFLICT: " + Messages.CONFLICT);
        assertThatThrownBy(() -> conflict.revisions().put("a", 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(conflict.notApplied()).isEmpty();
        assertThat(conflict.batchIndex()).isEmpty();
        assertThat(conflict.operationIndex()).isEmpty();
        assertThat(copy(conflict).revisions()).isEqualTo(conflict.revisions());
    }

    private static ConflictException copy(ConflictException conflict) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(conflict);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ConflictException) in.readObject();
        }
    }

    @Test
    void shouldComputeAValueFromThePresentOne() throws Exception {
        VersionedValue made = Await.result(session.compute("a", present -> present == null ? 1 : "other"));
        VersionedValue next = Await.result(session.compute("a", present -> number(present) + 1));

        assertThat(made.value()).hasToString("1");
        assertThat(next.value()).hasToString("2");
        assertThat(next.revision()).isGreaterThan(made.revision());
        assertThat(Await.result(session.getVersioned("a"))).isEqualTo(next);
    }

    @Test
    void shouldTellJsonNullFromAKeyThatDoesNotExist() throws Exception {
        Await.result(session.set("a", null));

        VersionedValue same = Await.result(session.compute("a", present -> present));

        assertThat(same.value()).hasToString("null");
        assertThat(Await.result(session.contains("a"))).isTrue();
        assertThat(Await.result(session.compute("b", present -> JsonText.of("null")))
                        .exists())
                .isTrue();
    }

    @Test
    void shouldRemoveAKeyForWhichNothingIsComputed() throws Exception {
        Await.result(session.set("a", 1));

        assertThat(Await.result(session.compute("a", present -> null)).exists()).isFalse();
        assertThat(Await.result(session.contains("a"))).isFalse();
        assertThat(Await.result(session.compute("a", present -> null)).exists()).isFalse();
    }

    @Test
    void shouldComputeWithAFunctionThatReturnsAFuture() throws Exception {
        Await.result(session.set(Map.of("a", 1, "b", 2)));

        VersionedValue sum = Await.result(session.computeAsync(
                "a", present -> session.get("b").map(other -> number(present) + number(other))));

        assertThat(sum.value()).hasToString("3");
        assertThat(Await.result(session.computeAsync("a", present -> Future.succeededFuture()))
                        .exists())
                .isFalse();
    }

    @Test
    void shouldCountEverySuccessOfConcurrentComputationsOnce() throws Exception {
        List<Future<?>> counted = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            TesseraSession own = TesseraClient.create(server.vertx()).session(session.token());
            counted.add(count(own, INCREMENTS));
        }

        Await.result(Future.all(counted));

        assertThat(Await.result(session.get("counter"))).hasToString(String.valueOf(CLIENTS * INCREMENTS));
    }

    private static Future<?> count(TesseraSession own, int left) {
        return left == 0
                ? Future.succeededFuture()
                : own.compute("counter", present -> present == null ? 1 : number(present) + 1)
                        .compose(counted -> count(own, left - 1));
    }

    @Test
    void shouldChangeNothingIfTheFunctionFails() throws Exception {
        long revision = Await.result(session.replace("a", 1, 0));
        IllegalStateException failure = new IllegalStateException("no");
        AtomicInteger runs = new AtomicInteger();

        assertThat(Await.failure(session.compute("a", present -> {
                    runs.incrementAndGet();
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(Await.failure(session.computeAsync("a", present -> Future.failedFuture(failure))))
                .isSameAs(failure);
        assertThat(Await.failure(session.computeAsync("a", present -> {
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(Await.failure(session.computeAsync("a", present -> null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null future of the function accepted");
        assertThat(Await.failure(session.compute("a", present -> new Object()))).isInstanceOf(EncodeException.class);
        assertThat(Await.failure(session.compute("a", present -> "\ud800")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(runs).hasValue(1);
        assertThat(Await.result(session.getVersioned("a"))).isEqualTo(new VersionedValue(JsonText.of("1"), revision));
    }

    @Test
    void shouldNotRepeatAfterAConflictOfTheFunctionItself() throws Exception {
        AtomicInteger runs = new AtomicInteger();

        assertThat(conflict(session.computeAsync("a", present -> {
                            runs.incrementAndGet();
                            return session.replace("b", 1, 7);
                        }))
                        .revisions())
                .containsOnlyKeys("b");
        assertThat(runs).hasValue(1);
    }

    @Test
    void shouldGiveUpAfterItsAttempts() throws Exception {
        TesseraSession bounded = TesseraClient.create(
                        server.vertx(), new TesseraClientOptions().setMaxComputeAttempts(3))
                .session(session.token());
        AtomicInteger runs = new AtomicInteger();

        ConflictException conflict = conflict(bounded.computeAsync(
                "a", present -> session.set("a", runs.incrementAndGet()).map("computed")));

        VersionedValue present = Await.result(session.getVersioned("a"));
        assertThat(conflict)
                .hasMessage("the key changed during each of 3 attempts to compute its value; nothing was changed");
        assertThat(conflict.revisions()).containsExactly(Map.entry("a", present.revision()));
        assertThat(present.value()).hasToString("3");
        assertThat(runs).hasValue(3);
    }

    @Test
    void shouldRunTheFunctionOnTheContextOfTheCaller() throws Exception {
        Promise<VersionedValue> done = Promise.promise();
        List<Context> contexts = Collections.synchronizedList(new ArrayList<>());
        Promise<Context> deployed = Promise.promise();
        server.vertx().deployVerticle(context -> {
            deployed.complete(context);
            AtomicInteger runs = new AtomicInteger();
            tessera.session(session.token())
                    .computeAsync("a", present -> {
                        contexts.add(Vertx.currentContext());
                        // Another client's context completes the function's future.
                        return runs.incrementAndGet() == 3
                                ? Future.succeededFuture(1)
                                : Future.fromCompletionStage(
                                        session.set("a", 0).toCompletionStage().thenApplyAsync(isNew -> (Object) 2));
                    })
                    .onComplete(done);
            return Future.succeededFuture();
        });

        assertThat(Await.result(done.future()).value()).hasToString("1");

        String own = Await.result(deployed.future()).deploymentID();
        assertThat(contexts)
                .hasSize(3)
                .allSatisfy(context -> assertThat(context.deploymentID()).isEqualTo(own));
    }

    @Test
    void shouldFailIfTheSessionDoesNotExist() throws Exception {
        TesseraSession none = tessera.session(new SessionToken(7));

        assertThat(status(none.getVersioned("a"))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(status(none.replace("a", 1, 0))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(status(none.remove("a", 0))).isEqualTo(Status.SESSION_NOT_EXIST);
        assertThat(status(none.compute("a", present -> 1))).isEqualTo(Status.SESSION_NOT_EXIST);
    }

    @Test
    void shouldRefuseWrongArgumentsAtOnce() throws Exception {
        assertNamed("key", () -> session.getVersioned((String) null));
        assertNamed("collection of keys", () -> session.getVersioned((List<String>) null));
        assertNamed("key", () -> session.replace(null, 1, 0));
        assertNamed("options", () -> session.replace("a", 1, 0, null));
        assertNamed("key", () -> session.remove(null, 0));
        assertNamed("key", () -> session.compute(null, present -> 1));
        assertNamed("function", () -> session.compute("a", null));
        assertNamed("function", () -> session.computeAsync("a", null));
        for (long revision : new long[] {-1, 1L << 53}) {
            assertThatThrownBy(() -> session.replace("a", 1, revision))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("revision must be 0 to 9007199254740991");
            assertThatThrownBy(() -> session.remove("a", revision)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Await.failure(session.getVersioned("\ud800"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.replace("\ud800", 1, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.replace("a", "\udfff", 0))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.remove("\ud800", 0))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.failure(session.compute("\ud800", present -> 1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.result(session.count())).isZero();
    }

    private static void assertNamed(String parameter, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null " + parameter + " accepted");
    }

    private static int number(JsonText value) {
        return Integer.parseInt(value.toString());
    }

    private static ConflictException conflict(Future<?> future) throws Exception {
        return (ConflictException) Await.failure(future);
    }

    private static Status status(Future<?> future) throws Exception {
        return ((TesseraException) Await.failure(future)).status();
    }
}
