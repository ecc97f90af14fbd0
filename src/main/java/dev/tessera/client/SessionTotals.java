package dev.tessera.client;

/**
 * What all sessions come to.
 *
 * @param sessions how many there are
 * @param keys how many keys they have together
 */
public record SessionTotals(long sessions, long keys) {}
