package dev.tessera.impl.journal;

/**
 * The health of a journal.
 *
 * @param reservation the answer that a small change would get now
 * @param reason why the journal refuses changes, or will soon, and what to do, in one line; empty if it is healthy
 */
public record JournalHealth(JournalLog.Reservation reservation, String reason) {}
