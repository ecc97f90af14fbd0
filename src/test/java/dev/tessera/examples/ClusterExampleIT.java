package dev.tessera.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.client.ConflictException;
import dev.tessera.client.SessionToken;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraException;
import dev.tessera.client.TesseraSession;
import dev.tessera.client.VersionedValue;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerCommand;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.event.Level;

/**
 * Runs the examples in this JVM, which has no server: the nodes are other processes. The last example is left without
 * any.
 */
@ExpectLog(
        logger = "io.vertx.spi.cluster.hazelcast.HazelcastClusterManager",
        level = Level.ERROR,
        message = "^Failed to handle memberRemoved")
@ExpectLog(
        logger = "io.vertx.core.eventbus.impl.clustered.ClusteredEventBus",
        level = Level.WARN,
        message = "^Connecting to server .* failed",
        required = false)
@Tag(Layer.CLUSTER)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterExampleIT {

    private static final int CALLS = 500;
    private static final int PARTITIONS = 31;
    /** More keys than a page of a list has. */
    private static final int LISTED = 2500;

    private static final int EVENT_TIMEOUT_SECONDS = 30;

    private static TestCluster cluster;
    private static Vertx vertx;

    @BeforeAll
    static void join() throws Exception {
        cluster = new TestCluster(2);
        for (int number = 0; number < 2; number++) {
            cluster.put(number, node(number));
        }
        cluster.awaitWhole();
        // Not an injected one: how a program joins is the example.
        vertx = Await.result(ClusterExample.join(
                cluster.name(), List.of("127.0.0.1:" + cluster.clusterPort(0), "127.0.0.1:" + cluster.clusterPort(1))));
    }

    private static ServerCommand node(int number) {
        return cluster.command(number).env("TESSERA_EVENTS_ENABLED", "true");
    }

    @AfterAll
    static void leave() throws Exception {
        if (vertx != null) {
            Await.result(vertx.close());
        }
        cluster.close();
    }

    @Test
    @Order(1)
    void shouldHearOfChangesThatAnyNodeMakes() throws Exception {
        TesseraClient tessera = TesseraClient.create(vertx);
        for (int i = 0; i < 2 * PARTITIONS; i++) {
            TesseraSession session = Await.result(tessera.newSession("heard" + i));
            BlockingQueue<String> log = new LinkedBlockingQueue<>();
            Await.result(vertx.deployVerticle(new ChangeLogVerticle(session.token(), log::add)));
            try (TextSocket socket = TextSocket.connect(cluster.node(i % 2).port())) {
                socket.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"k":1}}}""".formatted(session.token()));
            }
            Await.result(session.set("k", 2));
            Await.result(session.end());

            for (String event : List.of("SET {k=1}", "UPDATE {k=2}", "END {}")) {
                assertThat(log.poll(EVENT_TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(event);
            }
        }
    }

    @Test
    @Order(2)
    void shouldChangeKeysOfOtherProcesses() throws Exception {
        TesseraClient tessera = TesseraClient.create(vertx);
        TesseraSession session = Await.result(tessera.newSession("keys"));
        Await.result(session.set(Map.of("stock", 7, "user:1", 1, "user:2", 2)));
        Await.result(KeyExamples.addToCart(session, "tea"));
        VersionedValue cart = Await.result(KeyExamples.addToCart(session, "milk"));

        assertThat(Await.result(KeyExamples.order(session, cart))).isEqualTo("6");
        ConflictException conflict = (ConflictException) Await.failure(KeyExamples.order(session, cart));
        assertThat(conflict.revisions()).containsExactly(Map.entry("cart", 0L));
        assertThat(Await.result(KeyExamples.pay(session, new BigDecimal("1e400"))))
                .isEqualByComparingTo("1e400");
        assertThat(Await.result(KeyExamples.mayCall(session, "ada"))).isTrue();
        assertThat(Await.result(session.ttl("calls:ada"))).isPositive();
        assertThat(Await.result(KeyExamples.users(session))).containsExactlyInAnyOrder("user:1", "user:2");

        Await.result(session.set(IntStream.range(0, LISTED).boxed().collect(Collectors.toMap(i -> "k" + i, i -> i))));
        assertThat(Await.result(session.list("k").collect(Collectors.counting())))
                .isEqualTo(LISTED);
    }

    @Test
    @Order(3)
    void shouldUseANodeAndThenAnother() throws Exception {
        TesseraClient tessera = TesseraClient.create(vertx);
        assertThat(Await.result(ClientExamples.firstSession(tessera))).containsExactly("visits", "theme");
        assertThat(Await.result(tessera.newSession("s").compose(ClientExamples::allDigits)))
                .isEqualTo("3.14159265358979323846264338327950288");
        SessionToken lobby = Await.result(ClientExamples.lobby(tessera)).token();
        assertThat(Await.result(ClientExamples.lobby(tessera)).token()).isEqualTo(lobby);
        requireOrder(Await.result(tessera.newSession("order")));
        assertThat(Await.result(CommandsExample.newBasket(vertx))).startsWith("""
                {"SH_NEW_RSP":{"st":1,""");
        String opened = Await.result(
                vertx.eventBus().<String>request("tessera.commands.n1", """
                        {"SH_OPEN":{"name":"lobby"}}""").map(Message::body));
        assertThat(opened).contains(lobby.toString());
        try (TextSocket socket = TextSocket.connect(cluster.node(1).port())) {
            assertThat(socket.ask("""
                    {"SH_OPEN":{"name":"lobby"}}""")).contains("\"tkn\":" + lobby);
        }

        Counters counters = new Counters(tessera.session(lobby));
        counters.start();
        Await.until(() -> counters.counted.get() > 0);
        cluster.node(0).terminate().awaitExit();
        requireCommandsGoOn(tessera, lobby);
        int before = counters.counted.get();
        Await.until(() -> counters.counted.get() > before);
        counters.requireEachCountedOnce();
        cluster.put(0, node(0));
        cluster.awaitWhole();
        cluster.node(1).terminate().awaitExit();
        requireCommandsGoOn(tessera, lobby);
    }

    /** Checks that the server applies calls on one session in their order, although no call waits for another. */
    private static void requireOrder(TesseraSession session) throws Exception {
        List<Future<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(session.set("last", i));
            calls.add(session.add("k" + i, i));
        }
        Await.result(Future.all(calls));

        assertThat(Await.result(session.get("last"))).hasToString(Integer.toString(CALLS - 1));
        List<String> keys = new ArrayList<>(List.of("last"));
        keys.addAll(IntStream.range(0, CALLS).mapToObj(i -> "k" + i).toList());
        assertThat(Await.result(session.keys())).isEqualTo(keys);
    }

    /** Clients that compute the value of one key, as fast as they can. */
    private static final class Counters {

        private static final int COUNT = 10;

        private final TesseraSession session;
        private final List<Future<Void>> runs = new ArrayList<>();
        private final AtomicInteger counted = new AtomicInteger();
        private final AtomicInteger unknown = new AtomicInteger();
        private volatile boolean stopped;

        Counters(TesseraSession session) {
            this.session = session;
        }

        void start() {
            for (int i = 0; i < COUNT; i++) {
                runs.add(count());
            }
        }

        private Future<Void> count() {
            return stopped
                    ? Future.succeededFuture()
                    : session.compute(
                                    "counter",
                                    present -> present == null ? 1 : Integer.parseInt(present.toString()) + 1)
                            .map(computed -> counted.incrementAndGet())
                            .recover(this::recover)
                            .compose(any -> count());
        }

        private Future<Integer> recover(Throwable failure) {
            if (!(failure instanceof TesseraException refused)
                    || (refused.status() != Status.UNAVAILABLE
                            && refused.status() != Status.OUTCOME_UNKNOWN
                            && refused.status() != Status.CONFLICT)) {
                return Future.failedFuture(failure);
            }
            if (refused.status() == Status.OUTCOME_UNKNOWN) {
                unknown.incrementAndGet();
            }
            return Future.succeededFuture(0);
        }

        void requireEachCountedOnce() throws Exception {
            stopped = true;
            Await.result(Future.all(runs));
            assertThat(Integer.parseInt(Await.result(session.get("counter")).toString()))
                    .isBetween(counted.get(), counted.get() + unknown.get());
        }
    }

    /** A call that was under way may be refused or unknown; those that come later find a node. */
    private static void requireCommandsGoOn(TesseraClient tessera, SessionToken lobby) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                assertThat(Await.result(tessera.session(lobby).info()).shared()).isTrue();
                return;
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                TesseraException.class,
                                refused ->
                                        assertThat(refused.status()).isIn(Status.UNAVAILABLE, Status.OUTCOME_UNKNOWN));
                assertThat(attempt).isLessThan(10);
            }
        }
    }

    @Test
    @Order(4)
    void shouldSayThatNoNodeIsThere() throws Exception {
        TesseraClient tessera = TesseraClient.create(vertx);
        cluster.node(0).kill();

        assertThat(Await.failure(tessera.newSession("s")))
                .isInstanceOfSatisfying(
                        TesseraException.class,
                        refused -> assertThat(refused.status()).isEqualTo(Status.UNAVAILABLE));
        assertThat(Await.failure(CommandsExample.newBasket(vertx))).isInstanceOf(ReplyException.class);
    }
}
