package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/** A cluster without sessions that loses two nodes: the test kills the first and freezes the second. */
@Tag(Layer.CLUSTER)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterGlobalKeysIT {

    private static final int NODES = 3;
    private static final int COMMANDS = 100;
    private static final int PATIENCE_SECONDS = 120;

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster(NODES);
        for (int number = 0; number < NODES; number++) {
            cluster.put(number, cluster.command(number).env("TESSERA_SESSIONS_ENABLED", "false"));
        }
        cluster.awaitWhole();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> shouldAnswerAsTheCasesSayFromEveryNode() {
        return RoundRobin.cases(
                cluster,
                "nosessions.cases",
                "edits-nosessions.cases",
                "rid-nosessions.cases",
                "ttl-nosessions.cases",
                "list-nosessions.cases",
                "batch-nosessions.cases",
                "revisions-nosessions.cases");
    }

    @Test
    @Order(2)
    void shouldKeepEveryAcknowledgedKeyWhenANodeIsKilled() throws Exception {
        clear();
        List<GlobalKeysWriter> writers = write(NODES, () -> cluster.node(2).kill());
        cluster.awaitMembers(0, 2);

        requireSame(writers, 0, 1);
    }

    @Test
    @Order(3)
    void shouldGoOnWithoutANodeThatHangs() throws Exception {
        clear();
        List<GlobalKeysWriter> writers = write(1, () -> cluster.node(1).freeze());

        // Commands for the frozen node wait until the copies take over, or until their time ends.
        System.out.println(
                "A node that hangs: " + writers.get(0).unknown() + " commands were answered with 200 or 201");
        requireSame(writers, 0);
    }

    private static void clear() throws Exception {
        try (TextSocket socket = TextSocket.connect(cluster.node(0).port())) {
            socket.ask("{\"KV_CLEAR\":{}}");
            assertThat(socket.ask("{\"KV_COUNT\":{}}")).isEqualTo("""
                    {"KV_COUNT_RSP":{"st":1,"cnt":0}}""");
        }
    }

    private interface Loss {
        void happen() throws Exception;
    }

    /** Writes through the first nodes, loses one meanwhile, and continues through the others. */
    private static List<GlobalKeysWriter> write(int nodes, Loss loss) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<GlobalKeysWriter> writers = new ArrayList<>();
            List<Future<Void>> writing = new ArrayList<>();
            for (int number = 0; number < nodes; number++) {
                writers.add(
                        new GlobalKeysWriter("w" + number, cluster.node(number).port(), COMMANDS));
                writing.add(threads.submit(writers.get(number)));
            }
            for (GlobalKeysWriter writer : writers) {
                writer.awaitBegun(PATIENCE_SECONDS);
            }
            loss.happen();
            // A writer on a killed node ends with its connection.
            writers.forEach(writer -> writer.stopAfter(COMMANDS));
            for (Future<Void> one : writing) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            return writers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Checks that every node has all acknowledged keys and the right count. */
    private static void requireSame(List<GlobalKeysWriter> writers, int... nodes) throws Exception {
        for (int number : nodes) {
            try (TextSocket socket = TextSocket.connect(cluster.node(number).port())) {
                int there = 0;
                for (GlobalKeysWriter writer : writers) {
                    there += writer.requireAll(socket);
                }
                assertThat(socket.ask("{\"KV_COUNT\":{}}")).isEqualTo("""
                                {"KV_COUNT_RSP":{"st":1,"cnt":%s}}""".formatted(there));
            }
        }
    }
}
