package dev.tessera.impl.gateway;

import dev.tessera.config.Settings;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of refused connections, in one line for each second at most: whoever goes on connecting must not fill
 * the disk. Thread: the gateway's event loop.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long INTERVAL_MS = 1000;

    private final int maxConnections;
    private final LongSupplier nowMs;
    private boolean begun;
    private long lastLineMs;
    private long untold;

    /** Nothing was refused yet; the clock never goes back. */
    RefusalLog(int maxConnections, LongSupplier nowMs) {
        this.maxConnections = maxConnections;
        this.nowMs = nowMs;
    }

    /** Notes that a connection of this client was refused. */
    void refused(Object client) {
        String line = line(client);
        if (line != null) {
            LOG.warn(line);
        }
    }

    /** What the log is told now; null where it was told something less than a second ago. */
    String line(Object client) {
        long now = nowMs.getAsLong();
        if (begun && now - lastLineMs < INTERVAL_MS) {
            untold++;
            return null;
        }
        String line = "Refusing a connection of " + client + ": " + maxConnections + " are open, and "
                + Settings.MAX_CONNECTIONS.path() + " allows no more"
                + (untold == 0 ? "" : " (and " + untold + " others since the last such line)");
        begun = true;
        lastLineMs = now;
        untold = 0;
        return line;
    }
}
