package dev.tessera.server;

import dev.tessera.impl.journal.Journal;
import dev.tessera.impl.journal.JournalHealth;
import dev.tessera.impl.journal.JournalStatistics;
import dev.tessera.impl.metrics.Metrics;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The metrics of the journal. Thread-safe. */
final class JournalMetrics {

    private static final String PREFIX = "tessera_journal_";
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Metrics metrics;
    private final Journal journal;

    private JournalMetrics(Metrics metrics, Journal journal) {
        this.metrics = metrics;
        this.journal = journal;
    }

    /** Registers the metrics of a started journal. */
    static void add(Metrics metrics, Journal journal) {
        JournalMetrics of = new JournalMetrics(metrics, journal);
        metrics.gauge(
                PREFIX + "state",
                "0 if the journal is healthy, 1 if the disk is full, 2 if the disk cannot be written.",
                of::state);
        of.gauge("segments", "Files of the log, and files reserved ahead.", JournalStatistics::segments);
        of.gauge("log_bytes", "Bytes of the log that the next start replays.", JournalStatistics::logBytes);
        of.gauge(
                "live_bytes", "Bytes of the last complete snapshot of all sessions.", JournalStatistics::snapshotBytes);
        of.gauge(
                "reserved_bytes",
                "Bytes on disk that are reserved for future changes.",
                JournalStatistics::reservedBytes);
        of.gauge("queued_bytes", "Bytes of changes that wait for the writer.", JournalStatistics::queuedBytes);
        of.counter(
                "payloads_total",
                "Payloads written to the log: the changes of a batch, or a piece of a snapshot.",
                JournalStatistics::payloads);
        of.counter("written_bytes_total", "Bytes written to the log.", JournalStatistics::writtenBytes);
        of.counter("fsyncs_total", "Calls of fsync on the log.", JournalStatistics::forces);
        of.counter(
                "fsync_seconds_total",
                "Total time of these calls.",
                statistics -> statistics.forceNanos() / NANOS_PER_SECOND);
        of.counter("compactions_total", "Completed snapshots of all sessions.", JournalStatistics::snapshots);
    }

    private void gauge(String name, String help, ToDoubleFunction<JournalStatistics> figure) {
        metrics.gauge(PREFIX + name, help, () -> figure.applyAsDouble(journal.statistics()));
    }

    private void counter(String name, String help, ToDoubleFunction<JournalStatistics> figure) {
        metrics.counter(PREFIX + name, help, () -> figure.applyAsDouble(journal.statistics()));
    }

    private double state() {
        JournalHealth health = journal.health();
        return switch (health.reservation()) {
            case ACCEPTED, EXHAUSTED -> health.reason().isEmpty() ? 0 : 1;
            case STORAGE_FULL -> 1;
            case UNAVAILABLE -> 2;
        };
    }
}
