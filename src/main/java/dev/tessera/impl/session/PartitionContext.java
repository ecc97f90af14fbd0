package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a partition that all its sessions and key spaces share.
 *
 * @param changes receives every change; null if nobody listens
 * @param memory counts everything that the partition stores
 * @param revisions gives each change its revision, and each command its time
 * @param order the order of keys in lists
 */
record PartitionContext(
        @Nullable ChangeListener changes, MemoryAccount memory, RevisionClock revisions, KeyOrder order) {}
