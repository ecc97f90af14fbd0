package dev.tessera.impl.transfer;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The progress of a save or load, which it logs every few seconds. Thread: the worker of the job. */
final class TransferProgress {

    static final long INTERVAL_MS = 5000;

    private static final Logger LOG = LoggerFactory.getLogger(TransferProgress.class);
    private static final double BYTES_PER_MB = 1e6;

    private final String doing;
    private final String name;
    private final InstantSource clock;
    private final TransferMetrics metrics;
    private final long startMs;
    private long loggedMs;
    private long sessions;
    private long keys;
    private long bytes;

    /**
     * Begins a job now.
     *
     * @param doing the job in the log, such as "Saving"
     * @param clock measures durations, so it must not jump
     */
    TransferProgress(String doing, String name, InstantSource clock, TransferMetrics metrics) {
        this.doing = doing;
        this.name = name;
        this.clock = clock;
        this.metrics = metrics;
        this.startMs = clock.millis();
        this.loggedMs = startMs;
    }

    long sessions() {
        return sessions;
    }

    long keys() {
        return keys;
    }

    /** Counts sessions and keys. */
    void add(long moreSessions, long moreKeys) {
        sessions += moreSessions;
        keys += moreKeys;
        metrics.moved(moreSessions, moreKeys);
    }

    /**
     * Counts bytes, and logs the progress if the interval has passed.
     *
     * @param bytesDone the bytes of files that were written or read
     * @param done the finished part of {@code all}
     */
    void at(long bytesDone, long done, long all) {
        // A reader may go back to keys before their session.
        if (bytesDone > bytes) {
            metrics.bytes(bytesDone - bytes);
            bytes = bytesDone;
        }
        long nowMs = clock.millis();
        if (nowMs - loggedMs >= INTERVAL_MS) {
            loggedMs = nowMs;
            LOG.info("{} '{}': {}, {} %", doing, name, this, all == 0 ? 100 : done * 100 / all);
        }
    }

    /** Counts the end of the job. */
    void ended(boolean well) {
        metrics.ended(well);
    }

    /** Returns the time since the beginning. */
    long durationMs() {
        return Math.max(0, clock.millis() - startMs);
    }

    /** Returns a text such as {@code 1000 sessions, 20000 keys, 1.5 MB}. */
    @Override
    public String toString() {
        return sessions + " sessions, " + keys + " keys, " + Math.round(bytes / BYTES_PER_MB * 10) / 10.0 + " MB";
    }
}
