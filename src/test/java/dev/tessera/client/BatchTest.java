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
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several commands as one step. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class BatchTest {

    private static final int BATCHES = 200;

    private static TestServer server;
    private static TesseraClient tessera;

    private TesseraSession session;
    private TesseraBatch batch;

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
    void newBatch() throws Exception {
        session = Await.result(tessera.newSession("s"));
        batch = session.batch();
    }

    @Test
    void shouldReturnTheResultOfEveryCommand() throws Exception {
        Await.result(session.set(Map.of("old", 1, "tkn", 2)));
        Future<Boolean> set = batch.set("a", 1);
        Future<Map<String, Status>> setAll = batch.set(Map.of("a", 1), new WriteOptions().setTtl(Duration.ofHours(1)));
        Future<Boolean> add = batch.add("a", 2);
        Future<Map<String, Status>> addAll = batch.add(Map.of("m", "text"));
        Future<JsonText> get = batch.get("a");
        Future<JsonText> none = batch.get("none");
        Future<Map<String, JsonText>> getAll = batch.get(List.of("m", "none"));
        Future<Boolean> contains = batch.contains("old");
        Future<Boolean> remove = batch.remove("m");
        Future<Boolean> removeUnreported = batch.remove("tkn");
        Future<Boolean> removeNone = batch.remove("tkn");
        Future<Duration> ttl = batch.ttl("a");
        Future<Boolean> expire = batch.expire("none", Duration.ofHours(1));
        Future<Integer> clear = batch.clear();
        Future<Boolean> merge = batch.merge("o", Map.of("n", 1));
        Future<Void> patch = batch.patch("o", JsonText.of("""
                [{"op":"add","path":"/l","value":[]}]"""));
        Future<BigDecimal> increment = batch.increment("o", new BigDecimal("1e400"), new WriteOptions().setPath("$.n"));
        Future<Integer> append = batch.append("o", List.of(1, 2), new WriteOptions().setPath("$.l"));
        Future<Integer> update = batch.update("o", "$.l[*]", "x");
        Future<Integer> count = batch.count();
        Future<List<String>> keys = batch.keys();
        Future<Integer> clearSet = batch.clearSet(Map.of("last", 1));

        assertThat(set.isComplete()).isFalse();
        assertThat(Await.result(session.count())).isEqualTo(2);
        long revision = Await.result(batch.run());

        assertThat(set.result()).isTrue();
        assertThat(setAll.result()).containsExactly(Map.entry("a", Status.KEY_UPDATED));
        assertThat(add.result()).isFalse();
        assertThat(addAll.result()).containsExactly(Map.entry("m", Status.KEY_SET));
        assertThat(get.result()).hasToString("1");
        assertThat(none.isComplete()).isTrue();
        assertThat(none.result()).isNull();
        assertThat(getAll.result()).containsExactly(Map.entry("m", JsonText.of("\"text\"")));
        assertThat(contains.result()).isTrue();
        assertThat(remove.result()).isTrue();
        assertThat(removeUnreported.result()).isTrue();
        assertThat(removeNone.result()).isFalse();
        assertThat(ttl.result()).isEqualTo(Duration.ofHours(1));
        assertThat(expire.result()).isFalse();
        assertThat(clear.result()).isEqualTo(2);
        assertThat(merge.result()).isTrue();
        assertThat(patch.succeeded()).isTrue();
        assertThat(increment.result())
                .isEqualTo(new BigDecimal(new BigDecimal("1e400").toBigInteger()).add(BigDecimal.ONE));
        assertThat(append.result()).isEqualTo(2);
        assertThat(update.result()).isEqualTo(2);
        assertThat(count.result()).isEqualTo(1);
        assertThat(keys.result()).containsExactly("o");
        assertThat(clearSet.result()).isEqualTo(1);
        assertThat(Await.result(session.getVersioned("last")))
                .isEqualTo(new VersionedValue(JsonText.of("1"), revision));
    }

    @Test
    void shouldChangeNothingIfOneCommandFails() throws Exception {
        Await.result(session.set("text", "x"));
        Future<Boolean> set = batch.set("a", 1);
        Future<BigDecimal> increment = batch.increment("text", BigDecimal.ONE);
        Future<Integer> count = batch.count();

        TesseraException failure = (TesseraException) Await.failure(batch.run());

        assertThat(failure.status()).isEqualTo(Status.KEY_TYPE_INVALID);
        assertThat(failure.batchIndex()).hasValue(1);
        assertThat(List.of(set, increment, count))
                .allSatisfy(one -> assertThat(one.cause()).isSameAs(failure));
        assertThat(Await.result(session.keys())).containsExactly("text");
    }

    @Test
    void shouldNameTheOperationOfAPatchThatFailed() throws Exception {
        Await.result(session.set("a", 1));
        batch.count();
        batch.patch("a", JsonText.of("""
                [{"op":"test","path":"","value":2}]"""));

        ConflictException conflict = (ConflictException) Await.failure(batch.run());

        assertThat(conflict.batchIndex()).hasValue(1);
        assertThat(conflict.operationIndex()).hasValue(0);
        assertThat(conflict.revisions()).isEmpty();
    }

    @Test
    void shouldDependOnRevisions() throws Exception {
        long revision = Await.result(session.replace("a", 1, 0));
        Future<Boolean> set = batch.require("b", 0).require("a", revision).set("b", 1);
        assertThat(Await.result(batch.run())).isGreaterThan(revision);
        assertThat(set.result()).isTrue();

        TesseraBatch late = session.batch().require("b", 0).require("a", revision);
        Future<Boolean> refused = late.remove("a");
        ConflictException conflict = (ConflictException) Await.failure(late.run());

        assertThat(conflict.revisions())
                .containsExactly(
                        Map.entry("b", Await.result(session.getVersioned("b")).revision()), Map.entry("a", revision));
        assertThat(conflict.batchIndex()).isEmpty();
        assertThat(refused.cause()).isSameAs(conflict);
        assertThat(Await.result(session.count())).isEqualTo(2);
    }

    @Test
    void shouldRefuseAConditionOfOneCommand() throws Exception {
        batch.count();
        batch.set("a", 1, new WriteOptions().setRevisions(Map.of("a", 0L)));

        TesseraException failure = (TesseraException) Await.failure(batch.run());

        assertThat(failure).hasMessage(Messages.CONDITION_IN_A_BATCH);
        assertThat(failure.status()).isEqualTo(Status.COMMAND_SYNTAX);
        assertThat(failure.batchIndex()).hasValue(1);
    }

    @Test
    void shouldSendNothingIfOneCommandHasNoJson() throws Exception {
        Future<Boolean> set = batch.set("a", 1);
        Future<Boolean> bad = batch.set("b", "\ud800");
        batch.set("c", new Object());

        Throwable failure = Await.failure(batch.run());

        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(set.cause()).isSameAs(failure);
        assertThat(bad.cause()).isSameAs(failure);
        assertThat(Await.failure(session.batch().require("\ud800", 0).run()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.result(session.count())).isZero();
    }

    @Test
    void shouldRefuseAnEmptyOrEndlessBatch() throws Exception {
        assertThat(((TesseraException) Await.failure(batch.run())).status()).isEqualTo(Status.VALUE_SIZE);

        TesseraBatch endless = session.batch();
        for (int i = 0; i < 20_000; i++) {
            endless.count();
        }
        assertThat(((TesseraException) Await.failure(endless.run())).status()).isEqualTo(Status.LIMIT_EXCEEDED);
    }

    @Test
    void shouldRunOnce() throws Exception {
        batch.set("a", 1);
        Await.result(batch.run());

        assertThatThrownBy(batch::run).isInstanceOf(IllegalStateException.class).hasMessage("the batch has run");
        assertThatThrownBy(() -> batch.set("a", 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.require("a", 2)).isInstanceOf(IllegalStateException.class);
        assertThat(Await.result(session.get("a"))).hasToString("1");
    }

    @Test
    void shouldMoveAnAmountWithoutLosingAny() throws Exception {
        Await.result(session.set(Map.of("from", BATCHES, "to", 0)));
        List<Future<?>> moves = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            TesseraBatch move = session.batch();
            move.increment("from", BigDecimal.ONE.negate());
            move.increment("to", BigDecimal.ONE);
            if (i % 2 == 0) {
                // This fails after the increments.
                move.patch("none", List.of());
            }
            moves.add(move.run().otherwiseEmpty());
        }
        Await.result(Future.all(moves));

        assertThat(Await.result(session.get(List.of("from", "to"))))
                .containsExactly(
                        Map.entry("from", JsonText.of("" + BATCHES / 2)),
                        Map.entry("to", JsonText.of("" + BATCHES / 2)));
    }

    @Test
    void shouldCompleteTheOtherResultsIfAHandlerThrows() throws Exception {
        List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());
        IllegalStateException failure = new IllegalStateException("handler");
        Promise<Long> done = Promise.promise();
        Promise<Boolean> second = Promise.promise();
        Context context = server.vertx().getOrCreateContext();
        context.exceptionHandler(reported::add);
        context.runOnContext(now -> {
            batch.set("a", 1).onSuccess(isNew -> {
                throw failure;
            });
            batch.set("b", 1).onComplete(second);
            batch.run().onComplete(done);
        });

        assertThat(Await.result(done.future())).isPositive();
        assertThat(Await.result(second.future())).isTrue();
        Await.until(() -> reported.contains(failure));
    }

    @Test
    void shouldCompleteOnTheContextOfTheCaller() throws Exception {
        Promise<Context> completed = Promise.promise();
        Promise<Context> deployed = Promise.promise();
        server.vertx().deployVerticle(context -> {
            deployed.complete(context);
            batch.count().onSuccess(count -> completed.complete(Vertx.currentContext()));
            return batch.run();
        });

        assertThat(Await.result(completed.future()).deploymentID())
                .isEqualTo(Await.result(deployed.future()).deploymentID());
    }

    @Test
    void shouldRefuseWrongArgumentsAtOnce() {
        assertThatThrownBy(() -> batch.require(null, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null key accepted");
        assertThatThrownBy(() -> batch.require("a", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.set(null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null key accepted");
        assertThatThrownBy(() -> batch.remove(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null key accepted");
    }
}
