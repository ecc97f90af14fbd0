package dev.tessera.impl.transfer;

import dev.tessera.impl.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;

/** The counters of saves, or of loads. Sessions, keys and bytes count during the job. Thread-safe. */
public final class TransferMetrics {

    private final Counter complete;
    private final Counter failed;
    private final Counter sessions;
    private final Counter keys;
    private final Counter bytes;

    private TransferMetrics(Metrics metrics, String work, String done) {
        String prefix = "tessera_" + work;
        complete = metrics.counter(prefix + "s_complete_total", "Number of " + work + "s that completed.");
        failed = metrics.counter(prefix + "s_failed_total", "Number of " + work + "s that failed.");
        sessions = metrics.counter(prefix + "_sessions_total", "Number of " + done + " sessions.");
        keys = metrics.counter(prefix + "_keys_total", "Number of " + done + " keys.");
        bytes = metrics.counter(
                prefix + "_bytes_total", "Bytes of data files " + (work.equals("save") ? "written" : "read") + ".");
    }

    /** Returns the counters of saves. */
    public static TransferMetrics ofSaves(Metrics metrics) {
        return new TransferMetrics(metrics, "save", "saved");
    }

    /** Returns the counters of loads. */
    public static TransferMetrics ofLoads(Metrics metrics) {
        return new TransferMetrics(metrics, "load", "loaded");
    }

    void ended(boolean well) {
        (well ? complete : failed).inc();
    }

    void moved(long moreSessions, long moreKeys) {
        sessions.inc(moreSessions);
        keys.inc(moreKeys);
    }

    void bytes(long more) {
        bytes.inc(more);
    }
}
