package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three real nodes and clients that write to all of them, while nodes are killed, leave and come back. No acknowledged
 * write may get lost, and no write may be applied twice. The test prints its seed;
 * {@code -Dtessera.cluster.seed=<seed>} draws the same commands and faults again.
 */
@Tag(Layer.CLUSTER)
class ClusterFaultsIT {

    private static final int NODES = 3;
    private static final int CLIENTS = 3;
    /** How many commands each client must apply between two faults. */
    private static final int COMMANDS_BETWEEN = 100;

    private static final int PATIENCE_SECONDS = 120;

    private final long seed = Long.getLong("tessera.cluster.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final RunningNodes running = new RunningNodes();
    private final List<ClusterClient> clients = new ArrayList<>();
    private final List<Future<?>> talking = new ArrayList<>();

    @Test
    void shouldLoseNoAcknowledgedWriteWhileNodesAreKilledLeaveAndCome() throws Exception {
        System.out.println("Cluster faults: -Dtessera.cluster.seed=" + seed);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (TestCluster cluster = new TestCluster(NODES).startAll()) {
            for (int number = 0; number < NODES; number++) {
                running.add(cluster.node(number).port());
            }
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new ClusterClient("c" + i, seed, running));
                talking.add(threads.submit(clients.get(i)));
            }
            awaitProgress();
            int first = random.nextInt(NODES);
            for (int i = 0; i < NODES; i++) {
                fault(cluster, (first + i) % NODES, ServerProcess::kill);
            }
            fault(
                    cluster,
                    random.nextInt(NODES),
                    leaving -> assertThat(leaving.terminate().awaitExit()).isEqualTo(143));

            clients.forEach(ClusterClient::stop);
            for (Future<?> one : talking) {
                end(one);
            }
            compare(cluster);
            System.out.println("Cluster faults: "
                    + clients.stream().mapToLong(ClusterClient::applied).sum()
                    + " commands applied, the longest pause of a client was "
                    + clients.stream()
                            .mapToLong(ClusterClient::longestPauseMs)
                            .max()
                            .orElseThrow() + " ms");
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Fault {
        void happen(ServerProcess node) throws Exception;
    }

    /** Takes one node away and back again; the clients must make progress after each step. */
    private void fault(TestCluster cluster, int number, Fault fault) throws Exception {
        ServerProcess node = cluster.node(number);
        running.remove(node.port());
        fault.happen(node);
        awaitProgress();
        running.add(cluster.start(number).port());
        awaitProgress();
        // One copy of each partition survives only one fault at a time.
        cluster.awaitWhole();
    }

    /** Waits until each client has applied more commands. */
    private void awaitProgress() throws Exception {
        for (int i = 0; i < clients.size(); i++) {
            if (!clients.get(i).awaitApplied(COMMANDS_BETWEEN, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))) {
                if (talking.get(i).isDone()) {
                    end(talking.get(i));
                }
                throw new AssertionError("seed " + seed + ": client " + i + " makes no progress, after "
                        + clients.get(i).applied());
            }
        }
    }

    private void end(Future<?> client) throws Exception {
        try {
            client.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e.getCause());
        }
    }

    private void compare(TestCluster cluster) throws Exception {
        for (int number = 0; number < NODES; number++) {
            try (TextSocket socket = TextSocket.connect(cluster.node(number).port())) {
                ClusterClient.Totals totals = new ClusterClient.Totals(0, 0);
                for (ClusterClient client : clients) {
                    totals = totals.plus(client.requirePossible(socket, "node " + number + " (seed " + seed + ")"));
                }
                assertThat(socket.ask("{\"SH_INFO_ALL\":{}}"))
                        .isEqualTo("""
                                {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":%s,"totalKeys":%s}}""".formatted(totals.sessions(), totals.keys()));
            }
        }
    }
}
