package dev.tessera.impl.journal;

/**
 * The figures of a journal at one moment. Totals begin with the process.
 *
 * @param segments files of the log and of the segment pool
 * @param logBytes bytes that the next start would replay
 * @param snapshotBytes how many of them the last complete snapshot took
 * @param reservedBytes bytes of the segment pool
 * @param queuedBytes bytes that wait for the writer
 * @param payloads written payloads: the changes of batches, and pieces of snapshots
 * @param writtenBytes bytes written to the log, including headers and checksums
 * @param forces how often the writer forced the log to disk
 * @param forceNanos the time of these forces in total
 * @param snapshots completed snapshots
 */
public record JournalStatistics(
        long segments,
        long logBytes,
        long snapshotBytes,
        long reservedBytes,
        long queuedBytes,
        long payloads,
        long writtenBytes,
        long forces,
        long forceNanos,
        long snapshots) {}
