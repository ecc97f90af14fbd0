package dev.tessera.testing;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.cluster.hazelcast.ClusterOptions;
import dev.tessera.impl.cluster.hazelcast.ClusterPartitions;
import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.server.TesseraCommands;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.work.WorkerOptions;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Real Hazelcast members in this JVM with the partitions that they share, and for each a gateway without sockets.
 * Confined to the test's thread.
 */
public final class HazelcastNodes implements AutoCloseable {

    private static final int DEPTH_MAX = 64;
    private static final int REPLY_BYTES_MAX = 4 * 1024 * 1024;
    private static final int SEARCHES_MAX = 100;

    private final Vertx vertx;
    private final Configuration configuration;
    private final String name = "test-" + UUID.randomUUID();
    private final int[] ports;
    private final int partitionCount;
    private final int backups;
    private final long patienceMs;
    private final List<Node> nodes = new ArrayList<>();

    /** One member. */
    public record Node(HazelcastInstance hazelcast, ClusterPartitions partitions, TestGateway gateway) {

        /** Returns the replies to messages that it sends at once. */
        public List<String> run(String... messages) throws Exception {
            return Await.result(gateway.send(List.of(messages), messages.length))
                    .texts();
        }
    }

    /** Creates a cluster without members that has space for {@code size}. */
    public HazelcastNodes(
            Vertx vertx, Configuration configuration, int size, int partitionCount, int backups, long patienceMs)
            throws Exception {
        this.vertx = vertx;
        this.configuration = configuration;
        this.ports = FreePort.find(size);
        this.partitionCount = partitionCount;
        this.backups = backups;
        this.patienceMs = patienceMs;
    }

    /** Starts one more member whose wall clock is this one. */
    public Node start(Clock clock) throws Exception {
        return start(clock, ports);
    }

    /** Starts one more member that knows no other. */
    public Node startApart(Clock clock) throws Exception {
        return start(clock, new int[] {ports[nodes.size()]});
    }

    /** Lets a member know of another, so that it merges with it. */
    public void introduce(int number, int other) {
        node(number)
                .hazelcast()
                .getConfig()
                .getNetworkConfig()
                .getJoin()
                .getTcpIpConfig()
                .addMember("127.0.0.1:" + ports[other]);
    }

    private Node start(Clock clock, int[] known) throws Exception {
        HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config(ports[nodes.size()], known));
        ClusterPartitions partitions = ClusterPartitions.open(
                hazelcast,
                new ClusterOptions(
                        DEPTH_MAX,
                        REPLY_BYTES_MAX,
                        50,
                        new WorkerOptions(2, SEARCHES_MAX, 0, 10_000),
                        10_000,
                        patienceMs,
                        configuration.get(Settings.EVENTS_ENABLED),
                        DataLimits.NONE),
                TesseraCommands.of(ServerOptions.commands(configuration)),
                clock);
        partitions.orderKeys(KeyOrder.under(new byte[32]));
        TestGateway gateway = new TestGateway(
                "test.gateway." + ports[nodes.size()],
                partitions.stores(),
                partitions,
                TesseraCommands.of(ServerOptions.commands(configuration)),
                new KeyedTokens(new byte[32]),
                REPLY_BYTES_MAX);
        Await.result(vertx.deployVerticle(gateway));
        hazelcast.getCluster().promoteLocalLiteMember();
        Node node = new Node(hazelcast, partitions, gateway);
        nodes.add(node);
        return node;
    }

    private Config config(int port, int[] known) {
        Config config = new Config();
        config.setClusterName(name);
        config.setLiteMember(true);
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.partition.count", Integer.toString(partitionCount));
        config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
        config.setProperty("hazelcast.operation.backup.timeout.millis", Long.toString(patienceMs / 2));
        config.setProperty("hazelcast.operation.call.timeout.millis", Long.toString(patienceMs));
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "1");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "1");
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig()
                .setEnabled(true)
                .setMembers(Arrays.stream(known)
                        .mapToObj(other -> "127.0.0.1:" + other)
                        .toList());
        ClusterPartitions.configure(config, backups, 2);
        return config;
    }

    /** Returns a member that was started. */
    public Node node(int number) {
        return nodes.get(number);
    }

    /** Returns the member that owns a partition. */
    public Node owner(int partition) {
        UUID owner = nodes.get(0).hazelcast().getPartitionService().getPartitions().stream()
                .filter(one -> one.getPartitionId() == partition)
                .findFirst()
                .orElseThrow()
                .getOwner()
                .getUuid();
        return nodes.stream()
                .filter(node ->
                        node.hazelcast().getCluster().getLocalMember().getUuid().equals(owner))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until every partition has its owner and its copies. */
    public HazelcastNodes awaitSafe() throws InterruptedException {
        for (Node node : nodes) {
            if (node.hazelcast().getLifecycleService().isRunning()) {
                await(() -> node.hazelcast().getPartitionService().isClusterSafe());
            }
        }
        return this;
    }

    /** Waits until a condition holds. */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.TIMEOUT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("it does not come");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        for (Node node : nodes) {
            node.partitions().close();
            node.hazelcast().getLifecycleService().terminate();
        }
    }
}
