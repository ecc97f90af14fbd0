package dev.tessera.cli;

import dev.tessera.Version;
import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.net.HostAndPort;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.server.TesseraNode;
import dev.tessera.server.TesseraServer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first lines of the log: the version, the addresses, the mode and the limits. */
final class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    private static final String LIMITS = "limits.";

    private StartReport() {}

    /** Logs the report of a node that has started. */
    static void log(Configuration configuration, String sources, TesseraNode node) {
        TesseraServer server = node.server();
        LOG.info(
                "Tessera {} on JDK {} ({}), configuration from {}",
                Version.current(),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                sources);
        LOG.info(
                "Listening on ws://{}, management on http://{}",
                HostAndPort.format(configuration.get(Settings.HOST), server.port()),
                HostAndPort.format(configuration.get(Settings.MANAGEMENT_HOST), server.managementPort()));
        LOG.info(
                "Mode: {}, {} event loops, {} partitions, {}, {}, {}",
                mode(configuration, node),
                TesseraServer.eventLoops(configuration),
                partitions(configuration),
                configuration.show(Settings.DATA_DIR),
                journal(configuration),
                sessions(configuration));
        LOG.info("Limits: {}", limits(configuration));
        LOG.info("The secret of shared sessions is {}", server.secretOrigin());
    }

    private static String journal(Configuration configuration) {
        return "journal " + JournalMode.of(configuration).name().toLowerCase(Locale.ROOT);
    }

    private static String mode(Configuration configuration, TesseraNode node) {
        return configuration.get(Settings.CLUSTER_ENABLED)
                ? "node " + node.clusterNodeName() + " of cluster " + configuration.get(Settings.CLUSTER_NAME) + ", "
                        + configuration.show(Settings.CLUSTER_BACKUPS)
                : "one node";
    }

    private static int partitions(Configuration configuration) {
        return configuration.get(
                configuration.get(Settings.CLUSTER_ENABLED) ? Settings.CLUSTER_PARTITIONS : Settings.PARTITIONS);
    }

    /** Returns in the words of the docs whether keys belong to sessions. */
    static String sessions(Configuration configuration) {
        return configuration.get(Settings.SESSIONS_ENABLED) ? "sessions enabled" : "sessions disabled: one key space";
    }

    /** Returns all limits, as they are in force. */
    static String limits(Configuration configuration) {
        ServerOptions.Stores stores = ServerOptions.of(configuration).stores();
        // In these settings 0 stands for a part of the heap, and in others for no limit.
        Map<Setting<?>, Long> partsOfHeap = Map.of(
                Settings.MAX_REPLY_BYTES,
                (long) stores.store().replyBytesMax(),
                Settings.MAX_UNSENT_TOTAL_BYTES,
                UnsentTotal.ofMax(configuration.get(Settings.MAX_UNSENT_TOTAL_BYTES))
                        .bytesMax(),
                Settings.MAX_INCOMING_TOTAL_BYTES,
                IncomingTotal.ofMax(
                                configuration.get(Settings.MAX_INCOMING_TOTAL_BYTES),
                                configuration.get(Settings.MAX_PAYLOAD_BYTES))
                        .bytesMax(),
                Settings.MAX_DATA_BYTES,
                stores.data().bytesMax());
        return Settings.ALL.stream()
                .filter(setting -> setting.path().startsWith(LIMITS))
                .map(setting -> partsOfHeap.containsKey(setting)
                        ? setting.path().substring(LIMITS.length()) + "=" + partsOfHeap.get(setting)
                        : withUnit(configuration, setting))
                .collect(Collectors.joining(", "));
    }

    /** Returns a limit with its unit, which the name of a size contains already. */
    private static String withUnit(Configuration configuration, Setting<?> setting) {
        String shown = configuration.show(setting).substring(LIMITS.length());
        if (shown.endsWith("=0")) {
            return shown.replaceFirst("0$", "unlimited");
        }
        return (shown + " " + setting.unit().replaceFirst("^bytes ?", "")).stripTrailing();
    }
}
