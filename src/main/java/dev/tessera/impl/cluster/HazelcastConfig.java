package dev.tessera.impl.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MemberAttributeConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import dev.tessera.config.Settings;
import dev.tessera.impl.cluster.hazelcast.ClusterPartitions;
import dev.tessera.impl.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Configurations of Hazelcast members, from the options of a member. */
public final class HazelcastConfig {

    /** The map of the terms that all members agree on, such as the secret. */
    static final String TERMS_MAP = "tessera.terms";
    /** The name of the protection of the partitions against too few members. */
    static final String MINIMUM = "tessera.minimum";

    /** As many copies as Hazelcast allows, because the terms should outlast most members. */
    private static final int TERMS_BACKUPS = 6;
    /** The maps of vertx-hazelcast's own default configuration have one backup. */
    private static final int EVENT_BUS_BACKUPS = 1;
    /** The interval at which two halves of a split cluster look for each other. */
    private static final int MERGE_SECONDS = 10;
    /**
     * How long Hazelcast expects more concurrent senders after it has seen some. Its default of 100 ms would cover half
     * of all time here.
     */
    private static final int SENDERS_APART_MS = 1;

    private HazelcastConfig() {}

    /** Returns the configuration of a node, which starts without partitions and takes some when it is ready. */
    static Config of(MemberOptions options, int searchThreads) {
        Config config = member(options);
        attributes(config.getMemberAttributeConfig(), options);
        partitions(config, options, searchThreads);
        config.addMapConfig(new MapConfig(TERMS_MAP).setBackupCount(TERMS_BACKUPS));
        return config;
    }

    /** Returns the configuration of an application, which uses only the event bus. */
    public static Config ofApplication(MemberOptions options) {
        return member(options);
    }

    private static Config member(MemberOptions options) {
        Config config = new Config();
        config.setClusterName(options.clusterName());
        config.setLiteMember(true);
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty(
                "hazelcast.partition.count", Integer.toString(options.terms().partitions()));
        times(config, options);
        handOvers(config);
        network(config.getNetworkConfig(), config, options);
        eventBus(config);
        return config;
    }

    private static void times(Config config, MemberOptions options) {
        long timeoutMs = options.timeoutMs();
        // Never acknowledge a write whose backup does not answer.
        config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
        // Half the time of a command, so that a change that got lost can be sent once more.
        config.setProperty("hazelcast.operation.backup.timeout.millis", Long.toString(timeoutMs / 2));
        config.setProperty("hazelcast.operation.call.timeout.millis", Long.toString(timeoutMs));
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", Long.toString(ceilSeconds(timeoutMs)));
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", Integer.toString(MERGE_SECONDS));
        config.setProperty("hazelcast.merge.next.run.delay.seconds", Integer.toString(MERGE_SECONDS));
        config.setProperty(
                "hazelcast.graceful.shutdown.max.wait", Long.toString(ceilSeconds(options.handoverTimeoutMs())));
    }

    /** Avoids handovers between threads: a single command waits for each one, and sleeping threads wake up slowly. */
    private static void handOvers(Config config) {
        // The thread that reads a response completes its call, because our calls only notify an event loop.
        config.setProperty("hazelcast.operation.response.thread.count", "0");
        // The calling thread writes to the socket, unless several threads sent recently. Even the sweeps of all
        // partitions count as that.
        config.setProperty("hazelcast.concurrent.window.ms", Integer.toString(SENDERS_APART_MS));
    }

    private static long ceilSeconds(long ms) {
        return TimeUnit.MILLISECONDS.toSeconds(ms + 999);
    }

    private static void network(NetworkConfig network, Config config, MemberOptions options) {
        MemberOptions.Address address = options.address();
        if (!address.isAnyHost()) {
            config.setProperty("hazelcast.local.localAddress", address.host());
            config.setProperty("hazelcast.socket.bind.any", "false");
        }
        network.setPort(address.port()).setPortAutoIncrement(false);
        address.publicHost().ifPresent(network::setPublicAddress);
        MemberOptions.Discovery discovery = options.discovery();
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(discovery.multicast());
        discovery
                .kubernetesService()
                .ifPresent(
                        service -> join.getKubernetesConfig().setEnabled(true).setProperty("service-dns", service));
        join.getTcpIpConfig()
                .setEnabled(!join.getMulticastConfig().isEnabled()
                        && !join.getKubernetesConfig().isEnabled())
                .setMembers(discovery.members());
    }

    private static void attributes(MemberAttributeConfig attributes, MemberOptions options) {
        String unique = UUID.randomUUID().toString();
        attributes.setAttribute(MemberAttributes.VERTX_NODE_ID, unique);
        attributes.setAttribute(MemberAttributes.NAME, nodeName(options, unique));
        attributes.setAttribute(MemberAttributes.GATEWAY_ONLY, Boolean.toString(options.gatewayOnly()));
        attributes.setAttribute(
                MemberAttributes.SESSIONS, Boolean.toString(options.terms().sessions()));
        attributes.setAttribute(
                MemberAttributes.EVENTS, Boolean.toString(options.terms().events()));
    }

    private static String nodeName(MemberOptions options, String unique) {
        MemberOptions.Address address = options.address();
        return options.nodeName()
                .orElseGet(() -> HostAndPort.format(
                        address.publicHost().orElseGet(() -> namingHost(address)),
                        address.port() == 0 ? unique : Integer.toString(address.port())));
    }

    /** Returns the host that distinguishes this node from others. */
    private static String namingHost(MemberOptions.Address address) {
        try {
            return address.isAnyHost() ? InetAddress.getLocalHost().getHostName() : address.host();
        } catch (UnknownHostException e) {
            throw new ClusterException(
                    "this machine has no name: set " + Settings.CLUSTER_NODE_NAME + " ("
                            + Settings.CLUSTER_NODE_NAME.environmentName() + ")",
                    e);
        }
    }

    private static void partitions(Config config, MemberOptions options, int searchThreads) {
        MapConfig partitions =
                ClusterPartitions.configure(config, options.terms().backups(), searchThreads);
        int minMembers = options.terms().minMembers();
        if (minMembers > 1) {
            config.addSplitBrainProtectionConfig(new SplitBrainProtectionConfig(MINIMUM, true, minMembers));
            partitions.setSplitBrainProtectionName(MINIMUM);
        }
    }

    /** Adds the maps of {@code default-cluster.xml} of vertx-hazelcast. */
    private static void eventBus(Config config) {
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(EVENT_BUS_BACKUPS));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(EVENT_BUS_BACKUPS));
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(EVENT_BUS_BACKUPS)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    }
}
