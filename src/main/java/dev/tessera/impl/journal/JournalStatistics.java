package dev.tessera.impl.journal;

/**
 * What a journal takes and does, for those who watch it. Totals begin with the process.
 *
 * @param segments files of the log and of the reserve
 * @param logBytes what is to be replayed at the next start
 * @param imageBytes what the last complete image took of that
 * @param reservedBytes segments that are made ahead
 * @param queuedBytes what waits to be written
 * @param payloads what was written: changes of batches of commands, and pieces of images
 * @param writtenBytes what was written to the log, headers and checksums included
 * @param forces how often the log was forced to disk
 * @param forceNanos how long that took in all
 * @param images how often everything was written anew, to the end
 */
public record JournalStatistics(
        long segments,
        long logBytes,
        long imageBytes,
        long reservedBytes,
        long queuedBytes,
        long payloads,
        long writtenBytes,
        long forces,
        long forceNanos,
        long images) {}
