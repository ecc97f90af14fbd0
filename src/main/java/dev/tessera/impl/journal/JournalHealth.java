package dev.tessera.impl.journal;

/**
 * How the journal is doing.
 *
 * @param admission what a small change would be answered
 * @param reason why changes are refused and what to do about it, in one line; empty where they are not
 * @param logBytes what is to be replayed at the next start, in bytes
 * @param imageBytes what the last complete image took of that, in bytes
 * @param queuedBytes what waits to be written, in bytes
 */
public record JournalHealth(Reservation admission, String reason, long logBytes, long imageBytes, long queuedBytes) {}
