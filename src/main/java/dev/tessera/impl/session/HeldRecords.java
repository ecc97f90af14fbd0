package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryBudget;
import org.jspecify.annotations.Nullable;

/**
 * The records that a key space has lost and that only tasks on its snapshots keep alive. Their bytes stay charged to
 * the budget until no task holds a snapshot. The charge may be too high, but never exceeds the held snapshots.
 *
 * <p>Thread-safe, except {@link #shared}, which belongs to the owner of the key space.
 */
final class HeldRecords {

    /** About the bytes on the heap of this object and of the shared snapshot. */
    static final int BYTES = 112;

    private final MemoryBudget budget;
    /** The snapshot that shares the array of the key space; null if none does. */
    @Nullable
    KeySnapshot shared;

    /** The number of held snapshots. */
    private int holders;
    /** The size of those held snapshots that may alone keep their records alive. */
    private long outdatedBytes;
    /** The size of what the key space has lost since the first snapshot was held. */
    private long lostBytes;

    private long chargedBytes;

    HeldRecords(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Counts a snapshot that its first task holds. */
    synchronized void hold(KeySnapshot snapshot) {
        holders++;
        outdatedBytes += snapshot.isOutdated() ? snapshot.bytes() : 0;
        charge();
    }

    /** Counts a snapshot no more, because its last task has ended. */
    synchronized void release(KeySnapshot snapshot) {
        holders--;
        outdatedBytes -= snapshot.isOutdated() ? snapshot.bytes() : 0;
        lostBytes = holders == 0 ? 0 : lostBytes;
        charge();
    }

    /** Counts a held snapshot that has become outdated. */
    synchronized void outdated(KeySnapshot snapshot) {
        outdatedBytes += snapshot.bytes();
        charge();
    }

    /** Takes the bytes that the key space loses. Returns false if nobody holds them. */
    synchronized boolean lose(long bytes) {
        if (holders == 0) {
            return false;
        }
        lostBytes += bytes;
        charge();
        return true;
    }

    /** Returns whether a task holds a snapshot. */
    synchronized boolean isHeld() {
        return holders > 0;
    }

    private void charge() {
        long due = Math.min(lostBytes, outdatedBytes);
        if (due != chargedBytes) {
            budget.take(due - chargedBytes);
            chargedBytes = due;
        }
    }
}
