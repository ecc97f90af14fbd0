package dev.tessera.impl.store;

/**
 * The options of a store.
 *
 * @param replyBytesMax the size limit of one reply
 * @param sweepIntervalMs the interval between sweeps for expired sessions
 * @param searchThreads the number of search threads that all stores of a server share
 * @param searchesWaitingMax how many searches of this store may wait or run at a time
 */
public record StoreOptions(int replyBytesMax, long sweepIntervalMs, int searchThreads, int searchesWaitingMax) {}
