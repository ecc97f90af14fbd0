package dev.tessera.impl.transfer;

import dev.tessera.impl.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;

/** What is counted of saves, or of loads. Sessions, keys and bytes are counted while the work goes on. Thread-safe. */
public final class TransferMetrics {

    private final Counter complete;
    private final Counter failed;
    private final Counter sessions;
    private final Counter keys;
    private final Counter bytes;

    private TransferMetrics(Metrics metrics, String work, String done) {
        String prefix = "tessera_" + work;
        complete = metrics.counter(prefix + "s_complete_total", "How often a " + work + " has ended well.");
        failed = metrics.counter(prefix + "s_failed_total", "How often a " + work + " has failed.");
        sessions = metrics.counter(prefix + "_sessions_total", "Sessions that were " + done + ".");
        keys = metrics.counter(prefix + "_keys_total", "Keys that were " + done + ".");
        bytes = metrics.counter(
                prefix + "_bytes_total",
                "Bytes of data files that were " + (work.equals("save") ? "written" : "read") + ".");
    }

    /** Of saves. */
    public static TransferMetrics ofSaves(Metrics metrics) {
        return new TransferMetrics(metrics, "save", "saved");
    }

    /** Of loads. */
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
