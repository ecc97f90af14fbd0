package dev.tessera.impl.transfer;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a save or load is; a line of the log every few seconds. Thread: the one that does the work. */
final class TransferProgress {

    static final long INTERVAL_MS = 5000;

    private static final Logger LOG = LoggerFactory.getLogger(TransferProgress.class);
    private static final double BYTES_PER_MB = 1e6;

    private final String doing;
    private final String name;
    private final Clock clock;
    private final TransferMetrics metrics;
    private final long startMs;
    private long toldMs;
    private long sessions;
    private long keys;
    private long bytes;

    /**
     * A work that begins now.
     *
     * @param doing such as "Saving"
     */
    TransferProgress(String doing, String name, Clock clock, TransferMetrics metrics) {
        this.doing = doing;
        this.name = name;
        this.clock = clock;
        this.metrics = metrics;
        this.startMs = clock.millis();
        this.toldMs = startMs;
    }

    long sessions() {
        return sessions;
    }

    long keys() {
        return keys;
    }

    /** Counts what was done. */
    void add(long moreSessions, long moreKeys) {
        sessions += moreSessions;
        keys += moreKeys;
        metrics.moved(moreSessions, moreKeys);
    }

    /**
     * Says how far it is, if it is time to tell.
     *
     * @param bytesDone how many bytes of files were written or read
     * @param done a part of {@code all}
     */
    void at(long bytesDone, long done, long all) {
        // A reader may go back, to keys that stood in front of their session.
        if (bytesDone > bytes) {
            metrics.bytes(bytesDone - bytes);
            bytes = bytesDone;
        }
        long nowMs = clock.millis();
        if (nowMs - toldMs >= INTERVAL_MS) {
            toldMs = nowMs;
            LOG.info("{} '{}': {}, {} %", doing, name, this, all == 0 ? 100 : done * 100 / all);
        }
    }

    /** Counts the end. */
    void ended(boolean well) {
        metrics.ended(well);
    }

    /** How long it has taken so far. */
    long durationMs() {
        return Math.max(0, clock.millis() - startMs);
    }

    /** Such as {@code 1000 sessions, 20000 keys, 1.5 MB}. */
    @Override
    public String toString() {
        return sessions + " sessions, " + keys + " keys, " + Math.round(bytes / BYTES_PER_MB * 10) / 10.0 + " MB";
    }
}
