package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions and key spaces of one partition share.
 *
 * @param changes receives every change; null if nobody listens
 * @param memory counts everything that the partition stores
 * @param revisions gives each change its revision, and each command its time
 */
record PartitionContext(
        @Nullable ChangeListener changes, MemoryAccount memory, RevisionClock revisions) {}
