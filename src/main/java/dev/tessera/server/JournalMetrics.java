package dev.tessera.server;

import dev.tessera.impl.journal.Journal;
import dev.tessera.impl.journal.JournalHealth;
import dev.tessera.impl.journal.JournalStatistics;
import dev.tessera.impl.metrics.Metrics;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What is shown of the journal. Thread-safe. */
final class JournalMetrics {

    private static final String PREFIX = "tessera_journal_";
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Metrics metrics;
    private final Journal journal;

    private JournalMetrics(Metrics metrics, Journal journal) {
        this.metrics = metrics;
        this.journal = journal;
    }

    /** Adds what there is to a journal that has started. */
    static void add(Metrics metrics, Journal journal) {
        JournalMetrics of = new JournalMetrics(metrics, journal);
        metrics.gauge(
                PREFIX + "state",
                "0 where all is well, 1 where the disk is full, 2 where it cannot be written.",
                of::state);
        of.gauge("segments", "Files of the log and of the reserve.", JournalStatistics::segments);
        of.gauge("log_bytes", "Bytes on disk that are replayed at the next start.", JournalStatistics::logBytes);
        of.gauge(
                "live_bytes",
                "Bytes that all sessions took when they were last written anew.",
                JournalStatistics::imageBytes);
        of.gauge(
                "reserved_bytes",
                "Bytes on disk that are set aside for changes to come.",
                JournalStatistics::reservedBytes);
        of.gauge("queued_bytes", "Bytes of changes that wait to be written.", JournalStatistics::queuedBytes);
        of.counter(
                "payloads_total",
                "Changes that were written, one for each batch, and pieces of sessions.",
                JournalStatistics::payloads);
        of.counter("written_bytes_total", "Bytes that were written to the log.", JournalStatistics::writtenBytes);
        of.counter("fsyncs_total", "How often the log was forced to disk.", JournalStatistics::forces);
        of.counter(
                "fsync_seconds_total",
                "How long that took in all.",
                figures -> figures.forceNanos() / NANOS_PER_SECOND);
        of.counter(
                "compactions_total",
                "How often all sessions were written anew, to the end.",
                JournalStatistics::images);
    }

    private void gauge(String name, String help, ToDoubleFunction<JournalStatistics> figure) {
        metrics.gauge(PREFIX + name, help, () -> figure.applyAsDouble(journal.figures()));
    }

    private void counter(String name, String help, ToDoubleFunction<JournalStatistics> figure) {
        metrics.counter(PREFIX + name, help, () -> figure.applyAsDouble(journal.figures()));
    }

    private double state() {
        JournalHealth health = journal.health();
        return switch (health.admission()) {
            case ACCEPTED, BEHIND -> health.reason().isEmpty() ? 0 : 1;
            case STORAGE_FULL -> 1;
            case UNAVAILABLE -> 2;
        };
    }
}
