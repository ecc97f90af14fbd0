package dev.tessera.cli;

import dev.tessera.Version;
import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.impl.net.HostAndPort;
import dev.tessera.server.TesseraNode;
import dev.tessera.server.TesseraServer;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first lines of the log: the version, the addresses, the mode and the limits. */
final class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

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
        LOG.info(
                "Limits: {}",
                Settings.ALL.stream()
                        .filter(setting -> setting.path().startsWith("limits."))
                        .map(setting -> withUnit(configuration, setting))
                        .collect(Collectors.joining(", ")));
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

    /** Returns a limit with its unit, which the name of a size contains already. */
    private static String withUnit(Configuration configuration, Setting<?> setting) {
        String unit = setting.unit().replaceFirst("^bytes ?", "");
        return (configuration.show(setting).substring("limits.".length()) + " " + unit).stripTrailing();
    }
}
