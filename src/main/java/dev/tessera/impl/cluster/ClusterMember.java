package dev.tessera.impl.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MemberSelector;
import com.hazelcast.cluster.memberselector.MemberSelectors;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.impl.cluster.hazelcast.ClusterOptions;
import dev.tessera.impl.cluster.hazelcast.ClusterPartitions;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.net.HostAndPort;
import dev.tessera.impl.session.KeyOrder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a node of a cluster. It joins without partitions, so that a node that must not join disturbs no
 * other. It takes its share of the partitions when it is ready, and hands them over before it leaves. Thread-safe;
 * methods that block say so.
 */
public final class ClusterMember {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);
    private static final int POLL_MS = 20;

    private final MemberOptions options;
    private final HazelcastInstance hazelcast;
    private final ClusterPartitions partitions;
    private final ClusterWatch watch;
    private byte[] secret = {};

    private ClusterMember(MemberOptions options, HazelcastInstance hazelcast, ClusterPartitions partitions) {
        this.options = options;
        this.hazelcast = hazelcast;
        this.partitions = partitions;
        this.watch = new ClusterWatch(hazelcast, options);
    }

    /**
     * Joins the cluster that the options name, or starts it. If no other node has partitions yet, this node takes all
     * of them at once. A node that holds no partitions waits for one that does. Blocks.
     *
     * @param options how the node joins, and the terms of the cluster
     * @param work how the node works on partitions
     * @param commands the commands that it executes
     * @param clock the clock by which sessions expire on this node
     * @param secret this node's secret of shared sessions
     * @param chosen whether the node insists on its secret; otherwise it takes that of the cluster
     * @throws ClusterException if it cannot join
     */
    public static ClusterMember join(
            MemberOptions options,
            ClusterOptions work,
            Commands commands,
            InstantSource clock,
            byte[] secret,
            boolean chosen)
            throws InterruptedException {
        try (JoinProgress progress = new JoinProgress(
                "Looking for other nodes of the cluster " + options.clusterName() + " " + options.discovery())) {
            return join(options, work, commands, clock, secret, chosen, progress);
        }
    }

    private static ClusterMember join(
            MemberOptions options,
            ClusterOptions work,
            Commands commands,
            InstantSource clock,
            byte[] secret,
            boolean chosen,
            JoinProgress progress)
            throws InterruptedException {
        HazelcastInstance hazelcast = start(options, work.workers().threads());
        ClusterMember member =
                new ClusterMember(options, hazelcast, ClusterPartitions.open(hazelcast, work, commands, clock));
        try {
            List<String> others = member.others().map(MemberAttributes::nameOf).toList();
            progress.enter(
                    others.isEmpty() ? "Found no other node" : "Found other nodes: " + String.join(", ", others));
            member.requireFit();
            if (options.gatewayOnly() && member.count(MemberSelectors.DATA_MEMBER_SELECTOR) == 0) {
                progress.enter("Waiting for a node that holds partitions, because this one does not ("
                        + Settings.CLUSTER_GATEWAY_ONLY + "): start one, or check " + Settings.CLUSTER_NAME
                        + " and the addresses of the nodes");
            }
            member.awaitPartitions();
            progress.enter("Joined the cluster " + options.clusterName() + " as " + member.nodeName());
            member.secret = ClusterSecret.agree(hazelcast, secret, chosen);
            member.partitions.orderKeys(KeyOrder.under(member.secret));
            member.watch.start();
            return member;
        } catch (RuntimeException | InterruptedException e) {
            member.partitions.close();
            hazelcast.getLifecycleService().terminate();
            throw e;
        }
    }

    private static HazelcastInstance start(MemberOptions options, int searchThreads) {
        try {
            return Hazelcast.newHazelcastInstance(HazelcastConfig.of(options, searchThreads));
        } catch (HazelcastException | IllegalStateException e) {
            String address = HostAndPort.format(
                    options.address().host(), options.address().port());
            throw new ClusterException(
                    "cannot be a node of the cluster '" + options.clusterName() + "' on "
                            + address + " (" + e.getMessage() + "): " + Settings.CLUSTER_HOST + " and "
                            + Settings.CLUSTER_PORT
                            + " must be free here, and " + Settings.CLUSTER_PARTITIONS
                            + " and the way of finding nodes the same on every node",
                    e);
        }
    }

    private void requireFit() throws InterruptedException {
        requireSame(Settings.SESSIONS_ENABLED, MemberAttributes.SESSIONS);
        requireSame(Settings.EVENTS_ENABLED, MemberAttributes.EVENTS);
        // A node that was killed and restarted at once may still be a member under its old address.
        if (!await(
                () -> others().noneMatch(other -> nodeName().equals(MemberAttributes.nameOf(other))),
                2 * timeoutMs())) {
            throw new ClusterException(
                    "cannot join: another node is called " + nodeName() + "; set " + Settings.CLUSTER_NODE_NAME + " ("
                            + Settings.CLUSTER_NODE_NAME.environmentName() + ") to a name of its own");
        }
    }

    private void requireSame(Setting<?> setting, String attribute) {
        String own = hazelcast.getCluster().getLocalMember().getAttribute(attribute);
        if (!others().allMatch(other -> own.equals(other.getAttribute(attribute)))) {
            throw new ClusterException("cannot join: " + setting + " is " + own
                    + " here, and not on the other nodes; set it to the same on every node");
        }
    }

    private Stream<Member> others() {
        return hazelcast.getCluster().getMembers().stream()
                .filter(member -> !member.localMember() && MemberAttributes.isNode(member));
    }

    /** Waits until a node has partitions; takes all of them if this node is the first that may. */
    private void awaitPartitions() throws InterruptedException {
        await(
                () -> {
                    if (count(MemberSelectors.DATA_MEMBER_SELECTOR) > 0) {
                        return true;
                    }
                    // All members list each other in the order in which they joined.
                    boolean first = hazelcast.getCluster().getMembers().stream()
                            .filter(MemberAttributes::mayHavePartitions)
                            .findFirst()
                            .filter(Member::localMember)
                            .isPresent();
                    if (first) {
                        takePartitions();
                    }
                    return first;
                },
                Long.MAX_VALUE);
    }

    private int count(MemberSelector selector) {
        return (int) hazelcast.getCluster().getMembers().stream()
                .filter(selector::select)
                .count();
    }

    private static boolean await(BooleanSupplier condition, long maxMs) throws InterruptedException {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if ((System.nanoTime() - startNs) / 1_000_000 > maxMs) {
                return false;
            }
            Thread.sleep(POLL_MS);
        }
        return true;
    }

    /** Starts a Vert.x whose event bus reaches all members of the cluster. */
    public Future<Vertx> startVertx(VertxOptions vertxOptions) {
        vertxOptions.setEventBusOptions(EventBusAddress.ofNode(
                options.address(),
                hazelcast.getCluster().getLocalMember().getAddress().getHost()));
        return Vertx.builder()
                .with(vertxOptions)
                .withClusterManager(new HazelcastClusterManager(hazelcast))
                .buildClustered();
    }

    /** Takes a share of the partitions, unless the node has one or must hold none. Blocks. */
    public void takePartitions() {
        if (hazelcast.getCluster().getLocalMember().isLiteMember() && !options.gatewayOnly()) {
            LOG.info("Taking a share of the {} partitions", options.terms().partitions());
            hazelcast.getCluster().promoteLocalLiteMember();
        }
    }

    /**
     * Hands the partitions over and leaves the cluster, after the Vert.x has closed. Blocks for up to
     * {@code cluster.handoverTimeoutMs}.
     */
    public void leave() {
        watch.stop();
        partitions.close();
        hazelcast.shutdown();
    }

    /** Returns the partitions of the cluster, on whichever node they are. */
    public ClusterPartitions partitions() {
        return partitions;
    }

    /** Returns the name of this node, unique in the cluster. */
    public String nodeName() {
        return MemberAttributes.nameOf(hazelcast.getCluster().getLocalMember());
    }

    /** Returns the secret of shared sessions, which all nodes have; the caller must not change it. */
    public byte[] secret() {
        return secret;
    }

    /** Returns the watch on the members and the partitions. */
    public ClusterWatch watch() {
        return watch;
    }

    private long timeoutMs() {
        return options.timeoutMs();
    }
}
