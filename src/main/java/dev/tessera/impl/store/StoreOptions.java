package dev.tessera.impl.store;

/**
 * The options of a store.
 *
 * @param replyBytesMax the size limit of one reply
 * @param sweepIntervalMs the interval between sweeps for expired sessions
 */
public record StoreOptions(int replyBytesMax, long sweepIntervalMs) {}
