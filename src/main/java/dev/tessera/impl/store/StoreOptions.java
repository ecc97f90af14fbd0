package dev.tessera.impl.store;

/**
 * How a store works.
 *
 * @param replyBytesMax how large one answer may be
 * @param sweepIntervalMs how often sessions that are over are reclaimed
 * @param searchThreads how many threads all stores of a server share for searches
 * @param searchesWaitingMax how many searches of this store may wait or run
 */
public record StoreOptions(int replyBytesMax, long sweepIntervalMs, int searchThreads, int searchesWaitingMax) {}
