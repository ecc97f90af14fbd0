package dev.tessera.impl.gateway;

import dev.tessera.config.Settings;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log of refused connections with one line per second at most, because a client that keeps connecting must not fill
 * the disk. Thread: the gateway's event loop.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long INTERVAL_MS = 1000;

    private final int maxConnections;
    private final LongSupplier nowMs;
    private boolean hasLine;
    private long lastLineMs;
    private long suppressed;

    /**
     * Creates a log without refusals.
     *
     * @param nowMs a clock that never goes back
     */
    RefusalLog(int maxConnections, LongSupplier nowMs) {
        this.maxConnections = maxConnections;
        this.nowMs = nowMs;
    }

    /** Logs that a connection of this client was refused, unless the last line is too recent. */
    void refused(Object client) {
        String line = line(client);
        if (line != null) {
            LOG.warn(line);
        }
    }

    /** Returns the line to log; null if the last one is less than a second old. */
    @Nullable
    String line(Object client) {
        long now = nowMs.getAsLong();
        if (hasLine && now - lastLineMs < INTERVAL_MS) {
            suppressed++;
            return null;
        }
        String line = "Refusing a connection of " + client + ": " + maxConnections + " are open, and "
                + Settings.MAX_CONNECTIONS.path() + " allows no more"
                + (suppressed == 0 ? "" : " (and " + suppressed + " others since the last such line)");
        hasLine = true;
        lastLineMs = now;
        suppressed = 0;
        return line;
    }
}
