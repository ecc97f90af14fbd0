package dev.tessera.client;

/**
 * The number of sessions and of their keys.
 *
 * @param sessions the number of sessions
 * @param keys the number of keys of all these sessions
 */
public record SessionTotals(long sessions, long keys) {}
