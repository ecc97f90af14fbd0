package dev.tessera.config;

import static dev.tessera.config.Settings.CLUSTER_ENABLED;
import static dev.tessera.config.Settings.CLUSTER_KUBERNETES_SERVICE;
import static dev.tessera.config.Settings.CLUSTER_MEMBERS;
import static dev.tessera.config.Settings.CLUSTER_MULTICAST;
import static dev.tessera.config.Settings.DATA_DIR;
import static dev.tessera.config.Settings.JOURNAL;
import static dev.tessera.config.Settings.LOAD_NAME;
import static dev.tessera.config.Settings.LOAD_PATH;
import static dev.tessera.config.Settings.MANAGEMENT_PORT;
import static dev.tessera.config.Settings.MAX_INCOMING_TOTAL_BYTES;
import static dev.tessera.config.Settings.MAX_PAYLOAD_BYTES;
import static dev.tessera.config.Settings.MAX_REPLY_BYTES;
import static dev.tessera.config.Settings.PARTITIONS;
import static dev.tessera.config.Settings.PORT;
import static dev.tessera.config.Settings.REPLY_OVERHEAD_BYTES;
import static dev.tessera.config.Settings.SAVE_ENABLED;
import static dev.tessera.config.Settings.SAVE_PATH;
import static dev.tessera.config.Settings.SESSIONS_ENABLED;
import static dev.tessera.config.Settings.STORAGE_RESERVE_BYTES;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A condition on the values of two settings.
 *
 * @param kept returns whether a configuration fulfils the condition
 * @param text the condition as the first part of an error message, which the actual values follow
 */
record Constraint(Setting<?> first, Setting<?> second, Predicate<Configuration> kept, String text) {

    /**
     * The bytes that the journal appends at once beside the largest message: the frame of the record, and a part of a
     * save that is loaded.
     */
    private static final int RECORD_OVERHEAD_BYTES = 1_048_576;

    static final List<Constraint> ALL = Stream.concat(
                    Stream.of(
                            // A value at most doubles in size in a reply, so that every stored value can be read.
                            new Constraint(
                                    MAX_REPLY_BYTES,
                                    MAX_PAYLOAD_BYTES,
                                    c -> c.get(MAX_REPLY_BYTES) == 0
                                            || c.get(MAX_REPLY_BYTES)
                                                    >= 2L * c.get(MAX_PAYLOAD_BYTES) + REPLY_OVERHEAD_BYTES,
                                    "limits.maxReplyBytes must be at least 2 x limits.maxPayloadBytes + "
                                            + REPLY_OVERHEAD_BYTES),
                            new Constraint(
                                    JOURNAL,
                                    DATA_DIR,
                                    c -> JournalMode.of(c) == JournalMode.OFF
                                            || c.get(DATA_DIR).isPresent(),
                                    "a journal needs a directory; set dataDir (--data-dir), or set journal to off"),
                            new Constraint(
                                    CLUSTER_ENABLED,
                                    JOURNAL,
                                    c -> !c.get(CLUSTER_ENABLED) || JournalMode.of(c) == JournalMode.OFF,
                                    "a node of a cluster keeps no journal, because other nodes keep copies; set "
                                            + "journal to off"),
                            // Otherwise the largest message could never arrive.
                            new Constraint(
                                    MAX_INCOMING_TOTAL_BYTES,
                                    MAX_PAYLOAD_BYTES,
                                    c -> c.get(MAX_INCOMING_TOTAL_BYTES) == 0
                                            || c.get(MAX_INCOMING_TOTAL_BYTES) >= c.get(MAX_PAYLOAD_BYTES),
                                    "limits.maxIncomingTotalBytes must be at least limits.maxPayloadBytes"),
                            // The largest command must fit into the reserve, or it could never be applied.
                            new Constraint(
                                    STORAGE_RESERVE_BYTES,
                                    MAX_PAYLOAD_BYTES,
                                    c -> JournalMode.of(c) == JournalMode.OFF
                                            || c.get(STORAGE_RESERVE_BYTES)
                                                    >= 2L * c.get(MAX_PAYLOAD_BYTES) + RECORD_OVERHEAD_BYTES,
                                    "storage.reserveBytes must be at least 2 x limits.maxPayloadBytes + "
                                            + RECORD_OVERHEAD_BYTES),
                            new Constraint(
                                    PORT,
                                    MANAGEMENT_PORT,
                                    c -> c.get(PORT) == 0 || !c.get(PORT).equals(c.get(MANAGEMENT_PORT)),
                                    "port and management.port must differ"),
                            new Constraint(
                                    SAVE_ENABLED,
                                    SAVE_PATH,
                                    c -> !c.get(SAVE_ENABLED)
                                            || c.get(SAVE_PATH).isPresent(),
                                    "save.enabled needs a save.path to write to"),
                            new Constraint(
                                    LOAD_NAME,
                                    LOAD_PATH,
                                    c -> c.get(LOAD_NAME).isEmpty()
                                            || c.get(LOAD_PATH).isPresent()
                                            || c.get(SAVE_PATH).isPresent(),
                                    "load.name needs a load.path or save.path to read from"),
                            new Constraint(
                                    LOAD_NAME,
                                    SESSIONS_ENABLED,
                                    c -> c.get(LOAD_NAME).isEmpty() || c.get(SESSIONS_ENABLED),
                                    "load.name needs sessions, because a save consists of them"),
                            new Constraint(
                                    CLUSTER_ENABLED,
                                    PARTITIONS,
                                    c -> !c.get(CLUSTER_ENABLED) || isDefault(c, PARTITIONS),
                                    "partitions has no effect in a cluster; set cluster.partitions instead"),
                            oneOf(CLUSTER_MEMBERS, CLUSTER_KUBERNETES_SERVICE),
                            oneOf(CLUSTER_MEMBERS, CLUSTER_MULTICAST),
                            oneOf(CLUSTER_KUBERNETES_SERVICE, CLUSTER_MULTICAST)),
                    clusterOnly())
            .toList();

    /** Two ways of finding other nodes. At most one may be set. */
    private static Constraint oneOf(Setting<?> first, Setting<?> second) {
        return new Constraint(
                first,
                second,
                c -> isDefault(c, first) || isDefault(c, second),
                "one of " + first + " and " + second + " must be left out");
    }

    /** Settings of a cluster would have no effect in a server that runs alone. */
    private static Stream<Constraint> clusterOnly() {
        return Settings.ALL.stream()
                .filter(setting -> setting.path().startsWith("cluster.") && setting != CLUSTER_ENABLED)
                .map(setting -> new Constraint(
                        CLUSTER_ENABLED,
                        setting,
                        c -> c.get(CLUSTER_ENABLED) || isDefault(c, setting),
                        setting + " has no effect without cluster.enabled (--cluster)"));
    }

    private static boolean isDefault(Configuration configuration, Setting<?> setting) {
        return configuration.get(setting).equals(setting.defaultValue());
    }

    /**
     * Checks a configuration. The exception names the stronger of the two values' sources.
     *
     * @throws ConfigurationException if the configuration does not fulfil the condition
     */
    void requireKept(Configuration configuration, Function<Setting<?>, Origin> origins) {
        if (!kept.test(configuration)) {
            Origin origin = List.of(first, second).stream()
                    .map(origins)
                    .max(Comparator.comparing(Origin::kind))
                    .orElseThrow();
            throw new ConfigurationException(
                    origin, text + ", but " + configuration.show(first) + " and " + configuration.show(second));
        }
    }
}
