package dev.tessera.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Nodes of one cluster, each the real jar in a JVM of its own, on this machine. A node keeps its address in the cluster
 * when it starts again. Confined to the test's thread; closing it kills the nodes that still run.
 */
public final class TestCluster implements AutoCloseable {

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

    private final int[] ports;
    private final ServerProcess[] nodes;

    /** Creates a cluster without running nodes. */
    public TestCluster(int size) throws IOException {
        ports = FreePort.find(size);
        nodes = new ServerProcess[size];
    }

    /** Returns the command that starts a node, by its number from 0 on. */
    public ServerCommand command(int number, String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--cluster",
                "--cluster-port",
                Integer.toString(ports[number]),
                "--cluster-members",
                Arrays.stream(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","))));
        all.addAll(List.of(flags));
        return ServerProcess.command(all.toArray(String[]::new))
                .jvm(jvmFlags())
                .env("TESSERA_CLUSTER_NAME", name())
                .env("TESSERA_CLUSTER_NODE_NAME", "n" + number);
    }

    /**
     * The flags of docs/operators/cluster.md for newer JVMs, so that only the server's own lines are on standard error.
     */
    private static String[] jvmFlags() {
        return Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE
                ? new String[] {"--sun-misc-unsafe-memory-access=allow"}
                : new String[0];
    }

    /** Starts a node without waiting until it serves. */
    public ServerProcess begin(int number, String... flags) throws IOException {
        return put(number, command(number, flags));
    }

    /** Starts a node by a command, without waiting until it serves. */
    public ServerProcess put(int number, ServerCommand command) throws IOException {
        nodes[number] = command.start();
        return nodes[number];
    }

    /** Starts a node and waits until it serves. */
    public ServerProcess start(int number, String... flags) throws Exception {
        return begin(number, flags).awaitReady();
    }

    /** Starts all nodes, and waits until every partition has its copies. */
    public TestCluster startAll(String... flags) throws Exception {
        for (int number = 0; number < nodes.length; number++) {
            begin(number, flags);
        }
        return awaitWhole();
    }

    /** Waits until all nodes see each other with all partitions and copies, and take commands. */
    public TestCluster awaitWhole() throws Exception {
        for (int number = 0; number < nodes.length; number++) {
            awaitMembers(number, nodes.length);
            awaitState(number, state -> state.get("enoughMembers").booleanValue());
        }
        return this;
    }

    /** Waits until a node sees this number of members, each with partitions, and all partitions with their copies. */
    public JsonNode awaitMembers(int number, int members) throws Exception {
        return awaitState(
                number,
                state -> state.get("members").size() == members
                        && state.get("safe").booleanValue()
                        && state.get("migrations").intValue() == 0
                        && sum(state, "owned") == state.get("partitions").intValue()
                        && state.get("members").findValues("partitions").stream()
                                .allMatch(JsonNode::booleanValue));
    }

    /** Waits until a node's state of the cluster meets a condition. */
    public JsonNode awaitState(int number, Predicate<JsonNode> condition) throws Exception {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.TIMEOUT_SECONDS);
        JsonNode state = state(number);
        while (!condition.test(state)) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("node " + number + " still says " + state + "\nits log:\n"
                        + String.join("\n", nodes[number].output()));
            }
            // Questions without a pause would take the processor from nodes that start.
            LockSupport.parkNanos(PAUSE_NS);
            state = state(number);
        }
        return state;
    }

    /** Waits until a node serves, and returns its state of the cluster. */
    public JsonNode state(int number) throws Exception {
        return JSON.readTree(
                Http.get(nodes[number].managementPort(), "/v1/cluster").body());
    }

    /** Returns the number of partitions that the members own, or have a copy of. */
    public static int sum(JsonNode state, String what) {
        return state.get("members").findValues(what).stream()
                .mapToInt(JsonNode::intValue)
                .sum();
    }

    /** Returns a node that was started. */
    public ServerProcess node(int number) {
        return nodes[number];
    }

    /** Returns the maximum number of nodes. */
    public int size() {
        return nodes.length;
    }

    /** Returns the cluster's name. */
    public String name() {
        return "test-" + ports[0];
    }

    /** Returns the port of a node in the cluster. */
    public int clusterPort(int number) {
        return ports[number];
    }

    @Override
    public void close() {
        for (ServerProcess node : nodes) {
            if (node != null) {
                node.close();
            }
        }
    }
}
