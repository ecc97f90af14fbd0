package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.LocalStores;
import dev.tessera.impl.routing.StoreLinks;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.server.TesseraCommands;
import dev.tessera.protocol.Status;
import dev.tessera.server.TesseraServer;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.junit5.Checkpoint;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contexts of calls and results, and the ends of servers and clients during calls. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ClientContextTest {

    private static final Configuration LOOPS = Configuration.defaults().with(Settings.EVENT_LOOPS, 3);
    private static final int CALLERS = 8;
    private static final int CALLS = 1000;

    private TestServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThreadingModel.class,
            names = {"EVENT_LOOP", "WORKER"})
    void shouldServeItsVerticleOnTheContextOfTheVerticle(ThreadingModel model, Vertx vertx, VertxTestContext test)
            throws Exception {
        server = TestServer.start(vertx, LOOPS);

        vertx.deployVerticle(
                        context -> {
                            TesseraClient tessera = TesseraClient.create(vertx);
                            tessera.newSession("s")
                                    .compose(session -> session.set("a", 1).compose(isNew -> session.get("a")))
                                    .onComplete(test.succeeding(value -> test.verify(() -> {
                                        assertThat(value).hasToString("1");
                                        assertThat(sameContext(context)).isTrue();
                                        test.completeNow();
                                    })));
                            return Future.succeededFuture();
                        },
                        new DeploymentOptions().setThreadingModel(model))
                .onFailure(test::failNow);
    }

    @Test
    void shouldCompleteResultsOnTheContextOfEveryCaller(Vertx vertx, VertxTestContext test) throws Exception {
        server = TestServer.start(vertx, LOOPS);
        TesseraClient tessera = TesseraClient.create(vertx);
        Checkpoint answered = test.checkpoint(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            vertx.deployVerticle(context -> {
                        tessera.info()
                                .onComplete(test.succeeding(info -> test.verify(() -> {
                                    assertThat(sameContext(context)).isTrue();
                                    answered.flag();
                                })));
                        return Future.succeededFuture();
                    })
                    .onFailure(test::failNow);
        }
    }

    @Test
    void shouldApplyTheCallsOfEveryCallerInTheirOrder(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, LOOPS);
        TesseraClient tessera =
                TesseraClient.create(vertx, new TesseraClientOptions().setMaxInFlight(CALLERS * CALLS * 2));
        TesseraSession common = Await.result(tessera.newSession("common"));
        List<Future<?>> results = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        for (int caller = 0; caller < CALLERS; caller++) {
            String key = "k" + caller;
            List<Future<?>> mine = new ArrayList<>();
            Future<?> all = Future.fromCompletionStage(CompletableFuture.runAsync(
                            () -> {
                                for (int n = 0; n < CALLS; n++) {
                                    String expected = String.valueOf(n);
                                    mine.add(common.set(key, n));
                                    mine.add(common.get(key)
                                            .compose(value -> value.toString().equals(expected)
                                                    ? Future.succeededFuture()
                                                    : Future.failedFuture(value + " instead of " + expected)));
                                }
                            },
                            threads))
                    .compose(called -> Future.all(mine));
            results.add(all);
        }

        Await.result(Future.all(results));

        assertThat(Await.result(common.count())).isEqualTo(CALLERS);
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void shouldSendTheCallsOfOneTurnAsOneBatchToEachStore(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, LOOPS);
        TesseraClient tessera = TesseraClient.create(vertx);
        TesseraSession session = Await.result(tessera.newSession("s"));
        AtomicInteger batches = new AtomicInteger();
        vertx.eventBus().addOutboundInterceptor(delivery -> {
            if (delivery.message().address().startsWith("tessera.store.")) {
                batches.incrementAndGet();
            }
            delivery.next();
        });

        Promise<Void> done = Promise.promise();
        vertx.deployVerticle(context -> {
            TesseraClient own = TesseraClient.create(vertx);
            // The first call finds the server; the later calls show the steady state.
            return own.info().onSuccess(info -> {
                batches.set(0);
                List<Future<?>> calls = new ArrayList<>();
                for (int n = 0; n < CALLS; n++) {
                    calls.add(own.session(session.token()).set("k" + n, n));
                }
                Future.all(calls).<Void>mapEmpty().onComplete(done);
            });
        });
        Await.result(done.future());

        assertThat(batches).hasValue(1);
        assertThat(Await.result(session.count())).isEqualTo(CALLS);
    }

    @Test
    void shouldFailWithoutAServer(Vertx vertx) throws Exception {
        assertThat(failure(TesseraClient.create(vertx).newSession("s"))).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void shouldFailAfterTheServerHasDrained(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, LOOPS);
        TesseraClient tessera = TesseraClient.create(vertx);
        TesseraSession session = Await.result(tessera.newSession("s"));

        Await.result(server.server().drain());

        assertThat(failure(session.count())).isEqualTo(Status.UNAVAILABLE);
    }

    @Test
    void shouldFindAServerThatStartsLater(Vertx vertx) throws Exception {
        TesseraClient tessera = TesseraClient.create(vertx);
        assertThat(failure(tessera.info())).isEqualTo(Status.UNAVAILABLE);
        for (int i = 0; i < 2; i++) {
            var one = Await.result(TesseraServer.start(
                    vertx,
                    Configuration.defaults()
                            .with(Settings.PORT, 0)
                            .with(Settings.MANAGEMENT_PORT, 0)
                            .with(Settings.EVENT_LOOPS, i + 1)));

            TesseraSession session = Await.result(tessera.newSession("s"));
            assertThat(Await.result(session.set("a", 1))).isTrue();

            Await.result(one.drain());
            assertThat(failure(session.count())).isEqualTo(Status.UNAVAILABLE);
        }
    }

    @Test
    void shouldRefuseCallsOverItsLimitAndTakeOthersAfterwards(Vertx vertx) throws Exception {
        server = TestServer.start(vertx, LOOPS);
        TesseraClient tessera = TesseraClient.create(vertx, new TesseraClientOptions().setMaxInFlight(2));
        Promise<List<Future<SessionTotals>>> called = Promise.promise();
        // On the client's own context, so that no call is answered before the last one.
        Context context = vertx.getOrCreateContext();
        context.runOnContext(now -> {
            TesseraClient own = TesseraClient.create(vertx, new TesseraClientOptions().setMaxInFlight(2));
            called.complete(List.of(own.info(), own.info(), own.info()));
        });
        List<Future<SessionTotals>> calls = Await.result(called.future());

        assertThat(Await.result(calls.get(0)).sessions()).isZero();
        assertThat(Await.result(calls.get(1)).sessions()).isZero();
        assertThat(failure(calls.get(2))).isEqualTo(Status.LIMIT_EXCEEDED);
        for (int i = 0; i < 5; i++) {
            assertThat(Await.result(tessera.info()).sessions()).isZero();
        }
    }

    @Test
    void shouldReportAnUnknownOutcomeIfNoAnswerComes(Vertx vertx) throws Exception {
        TesseraClient tessera =
                TesseraClient.create(vertx, new TesseraClientOptions().setTimeout(Duration.ofMillis(20)));
        announceStoresThatAreNotThere(vertx);

        assertThat(failure(tessera.info())).isEqualTo(Status.OUTCOME_UNKNOWN);
        assertThat(failure(tessera.info())).isEqualTo(Status.OUTCOME_UNKNOWN);
    }

    @Test
    void shouldReportAnUnknownOutcomeIfItIsClosedMeanwhile(Vertx vertx) throws Exception {
        TesseraClient tessera = TesseraClient.create(vertx);
        announceStoresThatAreNotThere(vertx);
        Promise<Void> sent = Promise.promise();
        vertx.eventBus().addOutboundInterceptor(delivery -> {
            sent.tryComplete();
            delivery.next();
        });
        Future<SessionTotals> call = tessera.info();
        Await.result(sent.future());

        Await.result(tessera.close());

        assertThat(failure(call)).isEqualTo(Status.OUTCOME_UNKNOWN);
        assertThat(failure(tessera.info())).isEqualTo(Status.UNAVAILABLE);
    }

    private static void announceStoresThatAreNotThere(Vertx vertx) {
        BatchBus.prepare(vertx.eventBus());
        Commands commands = TesseraCommands.of(ServerOptions.commands(Configuration.defaults()));
        new LocalStores(
                        commands,
                        new StoreMap(1, 1),
                        StoreLinks.local(),
                        () -> new KeyedTokens(new byte[32]),
                        512,
                        1024,
                        65_536,
                        new CommandMetrics(commands))
                .announce(vertx);
    }

    private static boolean sameContext(Context expected) {
        Context current = Vertx.currentContext();
        return current != null
                && current.deploymentID().equals(expected.deploymentID())
                && current.threadingModel() == expected.threadingModel();
    }

    private static Status failure(Future<?> future) throws Exception {
        return ((TesseraException) Await.failure(future)).status();
    }
}
