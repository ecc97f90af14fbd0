package dev.tessera.impl.transfer;

import org.jspecify.annotations.Nullable;

/**
 * The result of a load.
 *
 * @param sessions the number of loaded sessions
 * @param keys the number of their keys
 * @param failure the reason of the failure in one line; null after a complete load
 */
public record Loaded(long sessions, long keys, @Nullable String failure) {}
