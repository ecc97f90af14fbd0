package dev.tessera.impl.transfer;

/**
 * What a load has come to.
 *
 * @param sessions how many sessions were taken
 * @param keys how many keys these have
 * @param failure why it ended early, in one line; null where it did not
 */
public record Loaded(long sessions, long keys, String failure) {}
