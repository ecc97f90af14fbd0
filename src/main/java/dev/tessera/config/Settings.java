package dev.tessera.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The declarations of all settings. docs/operators/configure.md describes each one. To add a setting, declare it here;
 * tests then print its row for that page, and name its missing member in conf/tessera.json.
 */
public final class Settings {

    /** The ceiling of totals: one TiB, more than any server has. */
    private static final long TOTAL_BYTES_MAX = 1L << 40;

    /** The ceiling of counts, which is more than any server has. */
    private static final long TOTAL_COUNT_MAX = 1_000_000_000_000L;

    private static final List<Setting<?>> DECLARED = new ArrayList<>();

    public static final Setting<String> HOST = declare(
            "host",
            new TextType(1, 255, false),
            "127.0.0.1",
            "",
            "Address or host name on which the server listens for clients.");

    public static final Setting<Integer> PORT =
            declare("port", integers(0, 65_535), 1987, "", "TCP port for clients; 0 takes any free port.");

    public static final Setting<String> MANAGEMENT_HOST = declare(
            "management.host",
            new TextType(1, 255, false),
            "127.0.0.1",
            "",
            "Address or host name of the management endpoints.");

    public static final Setting<Integer> MANAGEMENT_PORT = declare(
            "management.port",
            integers(0, 65_535),
            1988,
            "",
            "TCP port of the management endpoints; 0 takes any free port.");

    public static final Setting<Optional<Path>> DATA_DIR = declare(
            "dataDir",
            new OptionalType<>(new PathType()),
            Optional.empty(),
            "",
            "Directory of the data that outlives the process; null keeps everything in memory.");

    public static final Setting<Optional<JournalMode>> JOURNAL = declare(
            "journal",
            new OptionalType<>(new ChoiceType<>(JournalMode.class)),
            Optional.empty(),
            "",
            "When a change is on disk; null means everysec with a data directory, and off without one or in a "
                    + "cluster.");

    public static final Setting<Integer> STORAGE_SEGMENT_BYTES = declare(
            "storage.segmentBytes",
            integers(65_536, 1_073_741_824),
            16_777_216,
            "bytes",
            "Size of a journal file. The journal reserves three more files than `storage.reserveBytes` needs, "
                    + "for snapshots.");

    public static final Setting<Long> STORAGE_RESERVE_BYTES = declare(
            "storage.reserveBytes",
            totalBytes(65_536),
            67_108_864L,
            "bytes",
            "Disk space that the journal reserves ahead of its writes; at least 2 x `limits.maxPayloadBytes` + "
                    + "1048576.");

    public static final Setting<Long> STORAGE_COMPACT_BYTES = declare(
            "storage.compactBytes",
            totalBytes(65_536),
            268_435_456L,
            "bytes",
            "Size below which the journal is not compacted.");

    public static final Setting<Integer> STORAGE_COMPACT_FACTOR = declare(
            "storage.compactFactor",
            integers(1, 100),
            2,
            "",
            "The journal is compacted when it is larger than its last snapshot times this factor.");

    public static final Setting<Long> STORAGE_MAX_QUEUED_BYTES = declare(
            "storage.maxQueuedBytes",
            new LongType(65_536, TOTAL_BYTES_MAX, true),
            0L,
            "bytes",
            "Changes that may wait in memory for the disk before the server slows clients down. "
                    + "0 means a thirty-second of the heap beyond 16 MiB, but at most 64 MiB.",
            formerly("storage.maxQueued"));

    public static final Setting<Integer> EVENT_LOOPS = declare(
            "eventLoops",
            integers(0, 1024),
            0,
            "threads",
            "Event loops that serve clients; 0 means one per processor.");

    public static final Setting<Integer> PARTITIONS = declare(
            "partitions",
            integers(1, 65_536),
            271,
            "partitions",
            "Partitions over which a server that runs alone spreads the sessions.");

    public static final Setting<Boolean> SESSIONS_ENABLED = declare(
            "sessions.enabled",
            new BooleanType(),
            true,
            "",
            "Whether keys belong to sessions; false makes one global key space.");

    public static final Setting<Optional<String>> SESSIONS_SECRET = declare(
            "sessions.secret",
            new OptionalType<>(new TextType(16, 1024, true)),
            Optional.empty(),
            "",
            "Secret from which the server derives the tokens of shared sessions; null lets it make one. The log "
                    + "never shows it.");

    public static final Setting<Duration> SESSIONS_SWEEP_INTERVAL = declare(
            "sessions.sweepIntervalMs",
            millis(10, 60_000),
            Duration.ofMillis(200),
            "ms",
            "Time between two sweeps for expired sessions.");

    public static final Setting<Boolean> EVENTS_ENABLED = declare(
            "events.enabled",
            new BooleanType(),
            false,
            "",
            "Whether the server publishes every change of a session on the event bus. Consumers run in the same "
                    + "process "
                    + "or, in a cluster, in applications that join it.");

    public static final Setting<List<String>> COMMANDS_DISABLED = declare(
            "commands.disabled",
            NamesType.commands(256),
            List.of(),
            "",
            "Commands that the server answers with 14 CommandDisabled.");

    public static final Setting<Integer> MAX_PAYLOAD_BYTES = declare(
            "limits.maxPayloadBytes",
            integers(1024, 268_435_456),
            1_048_576,
            "bytes",
            "Largest message of a client. One message is one array in memory, which sets the upper end of the range.",
            formerly("limits.maxPayload"));

    public static final Setting<Integer> MAX_DEPTH = declare(
            "limits.maxDepth", integers(1, 4096), 512, "levels", "Deepest nesting of arrays and objects in a message.");

    /** The bytes of a reply that are not values: its frame, names and statuses. */
    public static final int REPLY_OVERHEAD_BYTES = 65_536;

    public static final Setting<Integer> MAX_REPLY_BYTES = declare(
            "limits.maxReplyBytes",
            new IntegerType(new LongType(65_536, 1_073_741_824, true)),
            0,
            "bytes",
            "Largest reply, which is one array too; at least 2 x `limits.maxPayloadBytes` + 65536. "
                    + "0 means that least size, or a share of the heap, at most 64 MiB, if that is more.",
            formerly("limits.maxReply"));

    public static final Setting<Integer> MAX_IN_FLIGHT = declare(
            "limits.maxInFlight",
            integers(1, 1_000_000),
            1024,
            "commands per connection",
            "Commands of one connection whose replies may be outstanding; beyond that the server stops reading. Also "
                    + "the most commands of a KV_BATCH.");

    public static final Setting<Long> MAX_UNSENT_BYTES = declare(
            "limits.maxUnsentBytes",
            totalBytes(65_536),
            67_108_864L,
            "bytes per connection",
            "Replies that may wait for a slow client before the server closes its connection.",
            formerly("limits.maxUnsent"));

    public static final Setting<Long> MAX_UNSENT_TOTAL_BYTES = declare(
            "limits.maxUnsentTotalBytes",
            new LongType(1_048_576, TOTAL_BYTES_MAX, true),
            0L,
            "bytes",
            "Replies that may wait for all clients together. Beyond that the server closes the connections with the "
                    + "most unread replies. 0 means an eighth of the heap beyond 16 MiB.",
            formerly("limits.maxUnsentTotal"));

    public static final Setting<Long> MAX_INCOMING_TOTAL_BYTES = declare(
            "limits.maxIncomingTotalBytes",
            new LongType(1_048_576, TOTAL_BYTES_MAX, true),
            0L,
            "bytes",
            "Memory for the unfinished and unanswered messages and request bodies of all clients together. A message "
                    + "that does not fit gets 205 StorageFull; one of up to 4096 bytes always fits. "
                    + "0 means a sixteenth of the heap beyond 16 MiB.");

    public static final Setting<Integer> MAX_CONNECTIONS = declare(
            "limits.maxConnections",
            integers(1, 1_000_000),
            10_000,
            "connections",
            "Clients that may be connected at the same time, from accept to close. Fewer if the process may not open "
                    + "enough files.");

    public static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS = declare(
            "limits.maxConnectionsPerAddress",
            integers(0, 1_000_000),
            0,
            "connections",
            "Clients of one IP address that may be connected at the same time; 0 means no limit. All clients behind a "
                    + "proxy or NAT have one address.");

    public static final Setting<Long> MAX_DATA_BYTES = declare(
            "limits.maxDataBytes",
            new LongType(1_048_576, TOTAL_BYTES_MAX, true),
            0L,
            "bytes",
            "Memory that stored sessions and keys may take. A write that does not fit gets 205 StorageFull. "
                    + "0 means half of the heap beyond 16 MiB.");

    public static final Setting<EvictionPolicy> EVICTION = declare(
            "limits.eviction",
            new ChoiceType<>(EvictionPolicy.class),
            EvictionPolicy.OFF,
            "",
            "Sessions that end to make room for a write that does not fit: none, or (lru) sessions that can "
                    + "expire, the least recently used ones first.");

    public static final Setting<Long> MAX_SESSIONS = declare(
            "limits.maxSessions",
            new LongType(1, TOTAL_COUNT_MAX, true),
            0L,
            "sessions",
            "Sessions that may exist, on each node of a cluster with its copies; a further SH_NEW gets 205 "
                    + "StorageFull. 0 means that only the memory limits them.");

    public static final Setting<Long> MAX_KEYS_PER_SESSION = declare(
            "limits.maxKeysPerSession",
            new LongType(1, TOTAL_COUNT_MAX, true),
            0L,
            "keys",
            "Keys that one session may have; a command that would add more gets 205 StorageFull. 0 means that only "
                    + "the memory limits them.");

    public static final Setting<Integer> MAX_KEY_BYTES = declare(
            "limits.maxKeyBytes",
            integersOrZero(1, 268_435_456),
            0,
            "bytes",
            "Largest key of a command that stores keys; a larger one gets 42 ValueSize. 0 means that only "
                    + "`limits.maxPayloadBytes` limits it.");

    public static final Setting<Integer> MAX_VALUE_BYTES = declare(
            "limits.maxValueBytes",
            integersOrZero(1, 268_435_456),
            0,
            "bytes",
            "Largest value; a command with a larger one gets 42 ValueSize, and a change in place with a larger result "
                    + "202 LimitExceeded. 0 means that only `limits.maxPayloadBytes` limits it.");

    public static final Setting<Integer> MAX_DIGITS = declare(
            "limits.maxDigits",
            integers(20, 10_000),
            1000,
            "digits",
            "Most digits of a number of KV_INCR in plain notation, without exponent; with more it gets 202 "
                    + "LimitExceeded.");

    public static final Setting<Duration> WEBSOCKET_IDLE_TIMEOUT = declare(
            "websocket.idleTimeoutMs",
            millisOrZero(100, 86_400_000),
            Duration.ofMinutes(1),
            "ms",
            "Silence after which the server closes a WebSocket; 0 means never.");

    public static final Setting<Duration> WEBSOCKET_MESSAGE_TIMEOUT = declare(
            "websocket.messageTimeoutMs",
            millisOrZero(100, 86_400_000),
            Duration.ofSeconds(30),
            "ms",
            "Time in which a message that has begun must bring 1024 bytes or end; otherwise the server closes the "
                    + "WebSocket with 1008. 0 means no limit.");

    public static final Setting<Boolean> WEBSOCKET_COMPRESSION = declare(
            "websocket.compression",
            new BooleanType(),
            false,
            "",
            "Whether the server offers permessage-deflate to clients.");

    public static final Setting<Duration> HTTP_IDLE_TIMEOUT = declare(
            "http.idleTimeoutMs",
            millisOrZero(100, 86_400_000),
            Duration.ofMinutes(1),
            "ms",
            "Silence after which the server closes an HTTP connection, and the time in which 1024 bytes of a body "
                    + "must arrive; 0 means no limit.");

    public static final Setting<List<String>> HTTP_CORS_ORIGINS = declare(
            "http.corsOrigins",
            NamesType.origins(64),
            List.of(),
            "",
            "Origins whose pages may use the HTTP API from a browser; `*` allows all, none turns CORS off.");

    public static final Setting<List<String>> HTTP_HOSTS = declare(
            "http.hosts",
            NamesType.hosts(64),
            List.of(),
            "",
            "Names by which browsers and other clients reach the server, as they stand in the Host header; `*` allows "
                    + "all. The server answers others with 421. It always answers to addresses, `localhost`, `host` "
                    + "and `management.host`.");

    public static final Setting<List<String>> WEBSOCKET_ORIGINS = declare(
            "websocket.origins",
            NamesType.origins(64),
            List.of(),
            "",
            "Origins whose pages may open a WebSocket from a browser, beside pages with the host and port of the "
                    + "server; `*` allows all. The server refuses others with 403. "
                    + "Clients other than browsers send no Origin header; they are admitted.");

    public static final Setting<Boolean> WEBSOCKET_OWN_CODEC = declare(
            "websocket.ownCodec",
            new BooleanType(),
            true,
            "",
            "Whether Tessera's codec reads and writes frames. If false, and for compressed connections, the "
                    + "codec of Vert.x does.");

    public static final Setting<Integer> SEARCH_THREADS = declare(
            "search.threads",
            integers(0, 1024),
            0,
            "threads",
            "Threads that evaluate KV_FIND and slow changes in place; 0 means one per processor.");

    public static final Setting<Duration> SEARCH_TIMEOUT = declare(
            "search.timeoutMs",
            millis(1, 600_000),
            Duration.ofSeconds(1),
            "ms",
            "Longest evaluation of a KV_FIND; a longer one gets 203 TimeExceeded. A page of KV_LIST ends after this "
                    + "time.");

    public static final Setting<Integer> SEARCH_MAX_RESULTS = declare(
            "search.maxResults",
            integers(1, 100_000_000),
            100_000,
            "results",
            "Most keys or paths that a KV_FIND may find; with more it gets 202 LimitExceeded.");

    public static final Setting<Integer> SEARCH_MAX_WAITING = declare(
            "search.maxWaiting",
            integers(1, 1_000_000),
            1024,
            "searches",
            "KV_FIND and slow changes in place that may run or wait. With more, the newest of the client with the most "
                    + "waiting ones gets 202 LimitExceeded.");

    public static final Setting<Long> SEARCH_MAX_SNAPSHOT_BYTES = declare(
            "search.maxSnapshotBytes",
            new LongType(1_048_576, TOTAL_BYTES_MAX, true),
            0L,
            "bytes",
            "Earlier values that waiting searches may keep in memory. With more, the newest search of the client that "
                    + "keeps the most gets 202 LimitExceeded. 0 means an eighth of the heap beyond 16 MiB.");

    public static final Setting<Duration> SEARCH_SLOW = declare(
            "search.slowMs",
            millis(1, 600_000),
            Duration.ofMillis(500),
            "ms",
            "Time after which a KV_FIND or a change in place counts as slow, and leaves a line in the log.");

    public static final Setting<Duration> UPDATE_TIMEOUT = declare(
            "search.updateTimeoutMs",
            millis(1, 10_000),
            Duration.ofMillis(50),
            "ms",
            "Longest evaluation of a KV_UPDATE, KV_MERGE, KV_PATCH, KV_INCR or KV_APPEND, or of all of them in a "
                    + "KV_BATCH; a longer one gets 203 TimeExceeded.");

    public static final Setting<Boolean> JSONPATH_STRICT = declare(
            "jsonpath.strict",
            new BooleanType(),
            false,
            "",
            "Whether `.length` of an array or string selects nothing, as in RFC 9535; false makes it the length.");

    public static final Setting<Integer> JSONPATH_CACHED_PATHS = declare(
            "jsonpath.cachedPaths",
            integers(1, 1_000_000),
            256,
            "paths",
            "Compiled paths that the server keeps for later commands.",
            formerly("jsonpath.cache"));

    public static final Setting<Boolean> SAVE_ENABLED = declare(
            "save.enabled",
            new BooleanType(),
            false,
            "",
            "Whether SH_SAVE writes files; otherwise it gets 14 CommandDisabled.");

    public static final Setting<Optional<Path>> SAVE_PATH = declare(
            "save.path",
            new OptionalType<>(new PathType()),
            Optional.empty(),
            "",
            "Directory of saves. SH_SAVE writes to it. SH_LOAD reads from it, even if `save.enabled` is false.");

    public static final Setting<Integer> SAVE_MAX_WAITING = declare(
            "save.maxWaiting",
            integers(1, 100_000),
            64,
            "saves",
            "SH_SAVE that may run or wait, and as many SH_LOAD. With more, the newest of the client with the most "
                    + "waiting ones gets 202 LimitExceeded.");

    public static final Setting<Optional<String>> LOAD_NAME = declare(
            "load.name",
            new OptionalType<>(new TextType(1, 255, false)),
            Optional.empty(),
            "",
            "Save that the server loads at the start, before it serves clients; null loads none.");

    public static final Setting<Optional<Path>> LOAD_PATH = declare(
            "load.path",
            new OptionalType<>(new PathType()),
            Optional.empty(),
            "",
            "Directory of the save for the start; null means `save.path`.");

    public static final Setting<Boolean> CLUSTER_ENABLED = declare(
            "cluster.enabled",
            new BooleanType(),
            false,
            "",
            "Whether this server is a node of a cluster; false lets it run alone.");

    public static final Setting<String> CLUSTER_NAME = declare(
            "cluster.name",
            new TextType(1, 64, false),
            "tessera",
            "",
            "Name of the cluster; nodes find only nodes with the same name.");

    public static final Setting<Optional<String>> CLUSTER_NODE_NAME = declare(
            "cluster.nodeName",
            new OptionalType<>(new TextType(1, 255, false)),
            Optional.empty(),
            "",
            "Name of this node, unique in the cluster; null makes one from its address and port in the cluster.");

    public static final Setting<String> CLUSTER_HOST = declare(
            "cluster.host",
            new TextType(1, 255, false),
            "127.0.0.1",
            "",
            "Address or host name on which this node listens for other nodes.");

    public static final Setting<Optional<String>> CLUSTER_PUBLIC_HOST = declare(
            "cluster.publicHost",
            new OptionalType<>(new TextType(1, 255, false)),
            Optional.empty(),
            "",
            "Address or host name by which other nodes reach this one, if it differs from `cluster.host`.");

    public static final Setting<Integer> CLUSTER_PORT = declare(
            "cluster.port",
            integers(0, 65_535),
            5701,
            "",
            "TCP port on which this node listens for other nodes; 0 takes any free port.");

    public static final Setting<Integer> CLUSTER_EVENT_BUS_PORT = declare(
            "cluster.eventBusPort",
            integers(0, 65_535),
            0,
            "",
            "TCP port of the event bus between nodes; 0 takes any free port.");

    public static final Setting<List<String>> CLUSTER_MEMBERS = declare(
            "cluster.members",
            NamesType.addresses(256),
            List.of(),
            "",
            "Addresses of other nodes; this node joins those that run.");

    public static final Setting<Optional<String>> CLUSTER_KUBERNETES_SERVICE = declare(
            "cluster.kubernetesService",
            new OptionalType<>(new TextType(1, 253, false)),
            Optional.empty(),
            "",
            "DNS name of a headless Kubernetes service whose addresses are those of the nodes; replaces "
                    + "`cluster.members`.");

    public static final Setting<Boolean> CLUSTER_MULTICAST = declare(
            "cluster.multicast",
            new BooleanType(),
            false,
            "",
            "Whether nodes find each other by IP multicast; replaces `cluster.members`.");

    public static final Setting<Integer> CLUSTER_BACKUPS = declare(
            "cluster.backups",
            integers(0, 3),
            1,
            "copies",
            "Copies of each partition on other nodes. Each copy gets a change before the server acknowledges it.");

    public static final Setting<Integer> CLUSTER_MIN_MEMBERS = declare(
            "cluster.minMembers",
            integers(1, 1024),
            1,
            "nodes",
            "Least number of nodes with partitions; with fewer, commands get 200 Unavailable.");

    public static final Setting<Integer> CLUSTER_PARTITIONS = declare(
            "cluster.partitions",
            integers(1, 8192),
            31,
            "partitions",
            "Partitions over which a cluster spreads the sessions; the same on every node.");

    public static final Setting<Duration> CLUSTER_TIMEOUT = declare(
            "cluster.timeoutMs",
            millis(1000, 60_000),
            Duration.ofSeconds(5),
            "ms",
            "Silence after which a node counts as dead, and the time in which the server tries a command again.");

    public static final Setting<Duration> CLUSTER_HANDOVER_TIMEOUT = declare(
            "cluster.handoverTimeoutMs",
            millis(1000, 3_600_000),
            Duration.ofMinutes(1),
            "ms",
            "Time in which a stopping node hands its partitions over.");

    public static final Setting<Boolean> CLUSTER_GATEWAY_ONLY = declare(
            "cluster.gatewayOnly",
            new BooleanType(),
            false,
            "",
            "Whether this node serves clients and holds no partitions.");

    public static final Setting<Duration> DRAIN_TIMEOUT = declare(
            "drainTimeoutMs",
            millis(0, 600_000),
            Duration.ofSeconds(10),
            "ms",
            "Time in which a stopping server sends the replies in flight.");

    public static final Setting<Duration> HEALTH_STALL = declare(
            "health.stallMs",
            millis(1000, 3_600_000),
            Duration.ofSeconds(30),
            "ms",
            "Time without a task on an event loop after which `GET /livez` answers 503.");

    public static final Setting<LogLevel> LOG_LEVEL =
            declare("log.level", new ChoiceType<>(LogLevel.class), LogLevel.INFO, "", "Level of the log.");

    /** All settings, in the order of the documentation. */
    public static final List<Setting<?>> ALL = Collections.unmodifiableList(DECLARED);

    private Settings() {}

    private static <T> Setting<T> declare(
            String path, ValueType<T> type, T defaultValue, String unit, String description) {
        return declare(path, type, defaultValue, unit, description, List.of());
    }

    private static <T> Setting<T> declare(
            String path, ValueType<T> type, T defaultValue, String unit, String description, List<String> formerPaths) {
        Setting<T> setting = new Setting<>(path, type, defaultValue, unit, description, formerPaths);
        DECLARED.add(setting);
        return setting;
    }

    private static List<String> formerly(String... paths) {
        return List.of(paths);
    }

    /** Returns the type of a total, which unlike one message may be larger than an array. */
    private static LongType totalBytes(long min) {
        return new LongType(min, TOTAL_BYTES_MAX, false);
    }

    private static DurationType millis(long min, long max) {
        return new DurationType(new LongType(min, max, false));
    }

    private static DurationType millisOrZero(long min, long max) {
        return new DurationType(new LongType(min, max, true));
    }

    private static IntegerType integers(int min, int max) {
        return new IntegerType(min, max);
    }

    private static IntegerType integersOrZero(int min, int max) {
        return new IntegerType(new LongType(min, max, true));
    }
}
