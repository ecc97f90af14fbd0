package dev.tessera.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.ServerAudit;
import dev.tessera.testing.Await;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A soak of one server: in each round all clients send commands at the same time, and afterwards the stored data is
 * compared with the models.
 */
final class Soak implements AutoCloseable {

    private static final int LOOPS = 3;
    private static final int PARTITIONS = 13;
    private static final int LONG_MS = 600_000;
    private static final int CLOCK_STEP_MS_MAX = 30_000;
    /** The pause between two checks of a condition. */
    private static final int RETRY_MS = 5;

    private static final int TIMEOUT_SECONDS = 30;

    private final long seed;
    private final boolean withSessions;
    private final Random random;

    private final TestServer server;
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private interface Action {
        void run() throws Exception;
    }

    /**
     * Starts a server and connects the clients.
     *
     * @param vertx runs the server, and the clients in the same Vert.x
     * @param clients runs the other clients
     * @param each how many clients each transport has
     */
    Soak(long seed, boolean withSessions, Vertx vertx, Vertx clients, int each) throws Exception {
        this.seed = seed;
        this.withSessions = withSessions;
        this.random = new Random(seed);

        // Time limits are as long as possible, so that a busy machine makes no difference.
        server = TestServer.start(
                vertx,
                Configuration.defaults()
                        .with(Settings.EVENT_LOOPS, LOOPS)
                        .with(Settings.PARTITIONS, PARTITIONS)
                        .with(Settings.SESSIONS_ENABLED, withSessions)
                        .with(Settings.WEBSOCKET_COMPRESSION, true)
                        .with(Settings.MAX_IN_FLIGHT, HttpBatches.BATCH_MAX)
                        .with(Settings.SEARCH_TIMEOUT, Duration.ofMillis(LONG_MS))
                        .with(Settings.UPDATE_TIMEOUT, Duration.ofMillis(10_000))
                        .with(Settings.SESSIONS_SWEEP_INTERVAL, Duration.ofMillis(10)));
        for (int i = 0; i < each; i++) {
            add("native" + i, () -> new NativeSocket(server.port()));
            add("compressed" + i, () -> new CompressedSocket(clients, server.port()));
            add("http1-" + i, () -> new HttpSingle(clients, server.port(), HttpVersion.HTTP_1_1));
            add("http2-" + i, () -> new HttpSingle(clients, server.port(), HttpVersion.HTTP_2));
            add("batches" + i, () -> new HttpBatches(clients, server.port(), HttpVersion.HTTP_1_1));
            add("batches2-" + i, () -> new HttpBatches(clients, server.port(), HttpVersion.HTTP_2));
            if (withSessions) {
                add("rest" + i, () -> new RestCalls(clients, server.port()));
            }
            add("bus" + i, () -> new BusMessages(vertx));
            add("client" + i, () -> new ClientCalls(vertx));
        }
    }

    /**
     * Creates a Vert.x for clients, so that they have threads of their own like clients in other processes. The caller
     * closes it.
     */
    static Vertx vertxOfClients() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    }

    private void add(String name, Worker.Opening opening) throws Exception {
        workers.add(new Worker(name, seed, withSessions, server.clock(), opening));
    }

    /** Lets all workers send commands at the same time, then compares all stored data. */
    void round(int commands) throws Exception {
        List<Action> actions = new ArrayList<>();
        workers.forEach(worker -> actions.add(() -> worker.talk(commands)));
        actions.add(() -> RudeGuest.visit(server.port(), seed, withSessions));
        together(actions);
        requireQuiet();
        if (withSessions) {
            compareSessions();
        } else {
            compareGlobalKeys();
        }
        for (Worker worker : workers) {
            if (random.nextInt(3) == 0) {
                worker.reconnect();
            }
        }
    }

    private void compareSessions() throws Exception {
        requireTotals();
        onAll(Worker::requireAllSessions);
        server.clock().advance(Duration.ofMillis(random.nextInt(CLOCK_STEP_MS_MAX)));
        requireTotals();
        onAll(Worker::requireAllSessions);
        server.clock().advance(Duration.ofMillis(random.nextInt(CLOCK_STEP_MS_MAX)));
        if (random.nextInt(3) == 0) {
            int sessions = workers.stream().mapToInt(Worker::sessions).sum();
            any().ask(
                            "SH_END_ALL",
                            "{\"SH_END_ALL\":{}}",
                            Reply.of("SH_END_ALL")
                                    .add("st", 1)
                                    .add("cnt", sessions)
                                    .text());
            workers.forEach(Worker::endAll);
            requireTotals();
        }
    }

    private void requireTotals() throws Exception {
        String expected = Reply.of("SH_INFO_ALL")
                .add("st", 1)
                .add(
                        "totalSessions",
                        workers.stream().mapToInt(Worker::sessions).sum())
                .add("totalKeys", workers.stream().mapToInt(Worker::keys).sum())
                .text();
        onAll(worker -> worker.ask("SH_INFO_ALL", "{\"SH_INFO_ALL\":{}}", expected));
        requireQuiet();
    }

    private void compareGlobalKeys() throws Exception {
        int count = workers.stream().mapToInt(Worker::keys).sum();
        onAll(worker -> worker.ask(
                "KV_COUNT",
                "{\"KV_COUNT\":{}}",
                Reply.of("KV_COUNT").add("st", 1).add("cnt", count).text()));
        onAll(worker -> new GlobalKeys(workers).compare(worker));
        if (random.nextInt(2) == 0) {
            any().ask(
                            "KV_CLEAR",
                            "{\"KV_CLEAR\":{}}",
                            Reply.of("KV_CLEAR").add("st", 1).add("cnt", count).text());
            workers.forEach(worker -> worker.global().keys().clear());
        } else {
            workers.forEach(worker -> worker.global().keys().clear());
            Worker one = any();
            one.global().keys().put("left", Value.plain("1"));
            one.ask(
                    "KV_CLEAR_SET",
                    """
                            {"KV_CLEAR_SET":{"keys":{"left":1}}}""",
                    Reply.of("KV_CLEAR_SET")
                            .add("st", 1)
                            .add("cnt", count)
                            .add("keys", "{\"left\":20}")
                            .text());
        }
        requireQuiet();
    }

    private Worker any() {
        return workers.get(random.nextInt(workers.size()));
    }

    private interface OnWorker {
        void run(Worker worker) throws Exception;
    }

    private void onAll(OnWorker action) throws Exception {
        together(
                workers.stream().<Action>map(worker -> () -> action.run(worker)).toList());
    }

    private void together(List<Action> actions) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Action action : actions) {
            running.add(threads.submit(() -> {
                action.run();
                return null;
            }));
        }
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new AssertionError("seed " + seed + ": " + e.getCause().getMessage(), e.getCause());
            }
        }
    }

    /** Waits until no reply is owed; fails if that takes too long, or if a store contradicts itself. */
    private void requireQuiet() throws Exception {
        await("nothing is owed and no store contradicts itself", () -> {
            Await.result(ServerAudit.checkAtRest(server.server()));
            for (Worker worker : workers) {
                if (worker.transport() instanceof ClientCalls calls) {
                    calls.checkAtRest();
                }
            }
        });
    }

    /** Closes all clients and waits until the server counts no connection. */
    void leave() throws Exception {
        for (Worker worker : workers) {
            worker.close();
        }
        await(
                "no connection is counted",
                () -> assertThat(ServerAudit.connections(server.server())).isZero());
        requireQuietServer();
    }

    private void requireQuietServer() throws Exception {
        Await.result(ServerAudit.checkAtRest(server.server()));
    }

    private void await(String what, Action check) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try {
                check.run();
                return;
            } catch (ExecutionException | AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("seed " + seed + ": this did not become true in time: " + what, e);
                }
                Thread.sleep(RETRY_MS);
            }
        }
    }

    /** Returns how many answers were compared. */
    long compared() {
        return workers.stream().mapToLong(Worker::compared).sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.close();
    }
}
