package dev.tessera.impl.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tessera.config.Settings;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file descriptors of the process. Each connection takes one, and so does each file. */
final class Descriptors {

    /** The descriptors that clients must leave for the management port, the journal, saves and libraries. */
    static final int RESERVE = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

    private Descriptors() {}

    /** Returns the configured number of connections, or as many as the process has descriptors for. */
    static int connectionsMax(int configured) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean process)) {
            return configured;
        }
        long max = process.getMaxFileDescriptorCount();
        int allowed = connectionsMax(configured, max, process.getOpenFileDescriptorCount());
        if (allowed < configured) {
            LOG.warn(
                    "{} is {}, but the process may open only {} files, so it takes {} connections; raise the limit of"
                            + " open files (ulimit -n)",
                    Settings.MAX_CONNECTIONS.path(),
                    configured,
                    max,
                    allowed);
        }
        return allowed;
    }

    /** Returns the number of connections for this number of descriptors in all, and of open ones. */
    static int connectionsMax(int configured, long max, long open) {
        long left = max - open - RESERVE - ConnectionCount.ANSWERED_MAX;
        return (int) Math.max(1, Math.min(configured, left));
    }
}
