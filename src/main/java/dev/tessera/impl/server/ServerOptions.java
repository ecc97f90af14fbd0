package dev.tessera.impl.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.EvictionPolicy;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.impl.cluster.MemberOptions;
import dev.tessera.impl.cluster.hazelcast.ClusterOptions;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.gateway.GatewayOptions;
import dev.tessera.impl.gateway.http.HttpOptions;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.websocket.FrameCode;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.impl.journal.JournalOptions;
import dev.tessera.impl.memory.DataLimits;
import dev.tessera.impl.memory.HeapShares;
import dev.tessera.impl.net.HostAndPort;
import dev.tessera.impl.store.StoreOptions;
import dev.tessera.impl.work.WorkerOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The options of a server, each part as its user takes it. Only this class reads settings for a server or an
 * application: a new setting needs its declaration, a component of the record that its user takes, and a line here.
 *
 * @param eventLoops how many event loops serve clients
 * @param drainTimeoutMs how long the replies in flight may take when the server stops
 * @param stallMs how long an event loop may run no task before the server counts as stalled
 * @param clients the address for clients
 * @param management the address of the management endpoints
 * @param commands which commands there are, and their limits
 * @param gateway how gateways serve clients
 * @param stores how a server that runs alone stores sessions
 * @param secret how the secret of shared sessions is found
 * @param journal whether and how changes are kept on disk
 * @param saves how sessions are saved and loaded
 * @param cluster how a node of a cluster works; without effect in a server that runs alone
 */
public record ServerOptions(
        int eventLoops,
        long drainTimeoutMs,
        long stallMs,
        Endpoint clients,
        Endpoint management,
        CommandOptions commands,
        GatewayOptions gateway,
        Stores stores,
        Secret secret,
        JournalSetup journal,
        Saves saves,
        Cluster cluster) {

    /** The first pause before the journal tries again after a failure. */
    private static final int JOURNAL_RETRY_MS = 250;

    /**
     * An address on which the server listens.
     *
     * @param hostSetting names the host in messages
     * @param portSetting names the port in messages
     * @param port 0 takes any free port
     */
    public record Endpoint(Setting<String> hostSetting, String host, Setting<Integer> portSetting, int port) {

        private static Endpoint of(Configuration configuration, Setting<String> host, Setting<Integer> port) {
            return new Endpoint(host, configuration.get(host), port, configuration.get(port));
        }

        @Override
        public String toString() {
            return HostAndPort.format(host, port);
        }
    }

    /**
     * The stores of a server that runs alone.
     *
     * @param partitions how many partitions all stores have together
     * @param events whether every change is published on the event bus
     * @param store how each store works
     * @param workers how slow commands work
     * @param data the limits of all stores together
     */
    public record Stores(int partitions, boolean events, StoreOptions store, WorkerOptions workers, DataLimits data) {}

    /**
     * The secret of shared sessions.
     *
     * @param configured the secret itself; otherwise the server finds or makes one
     * @param dataDir keeps a secret that the server makes; without it the secret ends with the process
     */
    public record Secret(Optional<String> configured, Optional<Path> dataDir) {}

    /**
     * The journal.
     *
     * @param mode whether there is one, and whether replies wait for the disk
     * @param dataDir the directory that holds it; required unless the mode is off
     * @param options how it is written
     */
    public record JournalSetup(JournalMode mode, Optional<Path> dataDir, JournalOptions options) {

        /** Returns whether a reply waits until its change is on disk. */
        public boolean holdsReplies() {
            return mode == JournalMode.ALWAYS;
        }
    }

    /**
     * Saves of all sessions.
     *
     * @param enabled whether clients may save
     * @param path the directory of all saves
     * @param waitingMax the most saves that wait or run, and as many loads
     * @param loadName the save to load at the start
     * @param loadPath the directory of that save; {@code path} if empty
     */
    public record Saves(
            boolean enabled, Optional<Path> path, int waitingMax, Optional<String> loadName, Optional<Path> loadPath) {}

    /**
     * A node of a cluster.
     *
     * @param enabled whether the server is a node of a cluster at all
     * @param member how the node joins, and the terms of the cluster
     * @param partitions how the node works on partitions
     */
    public record Cluster(boolean enabled, MemberOptions member, ClusterOptions partitions) {}

    /** Returns the options that a consistent configuration sets. */
    public static ServerOptions of(Configuration configuration) {
        return new ServerOptions(
                eventLoops(configuration),
                configuration.get(Settings.DRAIN_TIMEOUT).toMillis(),
                configuration.get(Settings.HEALTH_STALL).toMillis(),
                Endpoint.of(configuration, Settings.HOST, Settings.PORT),
                Endpoint.of(configuration, Settings.MANAGEMENT_HOST, Settings.MANAGEMENT_PORT),
                commands(configuration),
                gateway(configuration),
                stores(configuration),
                new Secret(configuration.get(Settings.SESSIONS_SECRET), configuration.get(Settings.DATA_DIR)),
                journal(configuration),
                new Saves(
                        configuration.get(Settings.SAVE_ENABLED),
                        configuration.get(Settings.SAVE_PATH),
                        configuration.get(Settings.SAVE_MAX_WAITING),
                        configuration.get(Settings.LOAD_NAME),
                        configuration.get(Settings.LOAD_PATH)),
                cluster(configuration));
    }

    /** Returns how many event loops serve clients. */
    public static int eventLoops(Configuration configuration) {
        return onePerProcessor(configuration.get(Settings.EVENT_LOOPS));
    }

    private static int onePerProcessor(int configured) {
        return configured != 0 ? configured : Runtime.getRuntime().availableProcessors();
    }

    /** Returns the options of the commands. */
    public static CommandOptions commands(Configuration configuration) {
        EntryLimits entries = new EntryLimits(
                orNoLimit(configuration.get(Settings.MAX_KEY_BYTES)),
                orNoLimit(configuration.get(Settings.MAX_VALUE_BYTES)));
        return new CommandOptions(
                configuration.get(Settings.COMMANDS_DISABLED),
                configuration.get(Settings.SESSIONS_ENABLED),
                configuration.get(Settings.SAVE_ENABLED),
                configuration.get(Settings.JSONPATH_STRICT),
                configuration.get(Settings.JSONPATH_CACHED_PATHS),
                new SearchLimits(
                        configuration.get(Settings.SEARCH_TIMEOUT).toMillis(),
                        configuration.get(Settings.SEARCH_MAX_RESULTS),
                        configuration.get(Settings.UPDATE_TIMEOUT).toMillis(),
                        Math.min(configuration.get(Settings.MAX_PAYLOAD_BYTES), entries.valueBytesMax()),
                        configuration.get(Settings.MAX_DEPTH),
                        configuration.get(Settings.MAX_PAYLOAD_BYTES),
                        configuration.get(Settings.MAX_DIGITS)),
                configuration.get(Settings.MAX_IN_FLIGHT),
                entries);
    }

    private static int orNoLimit(int configured) {
        return configured != 0 ? configured : Integer.MAX_VALUE;
    }

    private static GatewayOptions gateway(Configuration configuration) {
        return new GatewayOptions(
                configuration.get(Settings.HOST),
                new GatewayLimits(
                        configuration.get(Settings.MAX_PAYLOAD_BYTES),
                        configuration.get(Settings.MAX_DEPTH),
                        configuration.get(Settings.MAX_IN_FLIGHT),
                        configuration.get(Settings.MAX_UNSENT_BYTES),
                        configuration.get(Settings.MAX_UNSENT_TOTAL_BYTES),
                        configuration.get(Settings.MAX_INCOMING_TOTAL_BYTES)),
                configuration.get(Settings.MAX_CONNECTIONS),
                configuration.get(Settings.MAX_CONNECTIONS_PER_ADDRESS),
                WebSocketOptions.defaults()
                        .withMaxPayloadBytes(configuration.get(Settings.MAX_PAYLOAD_BYTES))
                        .withFrameCode(
                                configuration.get(Settings.WEBSOCKET_OWN_CODEC) ? FrameCode.NATIVE : FrameCode.VERTX)
                        .withCompression(configuration.get(Settings.WEBSOCKET_COMPRESSION)),
                configuration.get(Settings.WEBSOCKET_ORIGINS),
                configuration.get(Settings.WEBSOCKET_IDLE_TIMEOUT).toMillis(),
                configuration.get(Settings.WEBSOCKET_MESSAGE_TIMEOUT).toMillis(),
                new HttpOptions(
                        configuration.get(Settings.HTTP_IDLE_TIMEOUT).toMillis(),
                        configuration.get(Settings.HTTP_HOSTS),
                        configuration.get(Settings.HTTP_CORS_ORIGINS)));
    }

    private static int replyBytesMax(Configuration configuration) {
        int configured = configuration.get(Settings.MAX_REPLY_BYTES);
        if (configured != 0) {
            return configured;
        }
        long share = HeapShares.ofThisJvm()
                .reply(eventLoops(configuration) + workers(configuration).threads());
        long least = 2L * configuration.get(Settings.MAX_PAYLOAD_BYTES) + Settings.REPLY_OVERHEAD_BYTES;
        return Math.toIntExact(Math.max(least, share));
    }

    private static Stores stores(Configuration configuration) {
        return new Stores(
                configuration.get(Settings.PARTITIONS),
                configuration.get(Settings.EVENTS_ENABLED),
                new StoreOptions(
                        replyBytesMax(configuration),
                        configuration.get(Settings.SESSIONS_SWEEP_INTERVAL).toMillis()),
                workers(configuration),
                data(configuration));
    }

    private static WorkerOptions workers(Configuration configuration) {
        return new WorkerOptions(
                onePerProcessor(configuration.get(Settings.SEARCH_THREADS)),
                configuration.get(Settings.SEARCH_MAX_WAITING),
                configuration.get(Settings.SEARCH_MAX_SNAPSHOT_BYTES),
                configuration.get(Settings.SEARCH_SLOW).toMillis());
    }

    private static DataLimits data(Configuration configuration) {
        long bytes = configuration.get(Settings.MAX_DATA_BYTES);
        return new DataLimits(
                bytes != 0 ? bytes : HeapShares.ofThisJvm().data(),
                orNoLimit(configuration.get(Settings.MAX_SESSIONS)),
                orNoLimit(configuration.get(Settings.MAX_KEYS_PER_SESSION)),
                configuration.get(Settings.EVICTION) == EvictionPolicy.LRU);
    }

    private static long orNoLimit(long configured) {
        return configured != 0 ? configured : Long.MAX_VALUE;
    }

    private static JournalSetup journal(Configuration configuration) {
        JournalMode mode = JournalMode.of(configuration);
        return new JournalSetup(
                mode,
                configuration.get(Settings.DATA_DIR),
                new JournalOptions(
                        mode == JournalMode.ALWAYS ? JournalOptions.Policy.ALWAYS : JournalOptions.Policy.EVERYSEC,
                        configuration.get(Settings.STORAGE_SEGMENT_BYTES),
                        configuration.get(Settings.STORAGE_RESERVE_BYTES),
                        configuration.get(Settings.STORAGE_COMPACT_BYTES),
                        configuration.get(Settings.STORAGE_COMPACT_FACTOR),
                        queuedBytesMax(configuration),
                        JOURNAL_RETRY_MS));
    }

    private static long queuedBytesMax(Configuration configuration) {
        long bytes = configuration.get(Settings.STORAGE_MAX_QUEUED_BYTES);
        return bytes != 0 ? bytes : HeapShares.ofThisJvm().queued();
    }

    private static Cluster cluster(Configuration configuration) {
        return new Cluster(
                configuration.get(Settings.CLUSTER_ENABLED),
                member(configuration),
                new ClusterOptions(
                        configuration.get(Settings.MAX_DEPTH),
                        replyBytesMax(configuration),
                        configuration.get(Settings.SESSIONS_SWEEP_INTERVAL).toMillis(),
                        workers(configuration),
                        configuration.get(Settings.SEARCH_TIMEOUT).toMillis(),
                        configuration.get(Settings.CLUSTER_TIMEOUT).toMillis(),
                        configuration.get(Settings.EVENTS_ENABLED),
                        data(configuration)));
    }

    /** Returns the options of a member of a cluster, be it a node or an application. */
    public static MemberOptions member(Configuration configuration) {
        return new MemberOptions(
                configuration.get(Settings.CLUSTER_NAME),
                configuration.get(Settings.CLUSTER_NODE_NAME),
                new MemberOptions.Address(
                        configuration.get(Settings.CLUSTER_HOST),
                        configuration.get(Settings.CLUSTER_PUBLIC_HOST),
                        configuration.get(Settings.CLUSTER_PORT),
                        configuration.get(Settings.CLUSTER_EVENT_BUS_PORT)),
                new MemberOptions.Discovery(
                        configuration.get(Settings.CLUSTER_MEMBERS),
                        configuration.get(Settings.CLUSTER_KUBERNETES_SERVICE),
                        configuration.get(Settings.CLUSTER_MULTICAST)),
                new MemberOptions.Terms(
                        configuration.get(Settings.CLUSTER_PARTITIONS),
                        configuration.get(Settings.CLUSTER_BACKUPS),
                        configuration.get(Settings.CLUSTER_MIN_MEMBERS),
                        configuration.get(Settings.SESSIONS_ENABLED),
                        configuration.get(Settings.EVENTS_ENABLED)),
                configuration.get(Settings.CLUSTER_GATEWAY_ONLY),
                configuration.get(Settings.CLUSTER_TIMEOUT).toMillis(),
                configuration.get(Settings.CLUSTER_HANDOVER_TIMEOUT).toMillis());
    }
}
