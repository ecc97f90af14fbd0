package dev.tessera.impl.memory;

/**
 * The memory that one partition takes. Everything that allocates stored data {@linkplain #add adds} it here, and never
 * fails. A command first {@linkplain #reserve reserves} the most that it can add, and is refused if that does not fit.
 *
 * <p>The account holds a little more of the budget than it uses, so that most calls are arithmetic on its own fields.
 * Thread: the owner of the partition.
 */
public final class MemoryAccount {

    private MemoryBudget budget;
    private long chunkBytes;
    /** The bytes that the partition takes. */
    private long used;
    /** The bytes taken from the budget; not less than {@link #used}, except in between. */
    private long held;

    private long sessions;

    /** Creates an empty account. */
    public MemoryAccount(MemoryBudget budget) {
        this.budget = budget;
        this.chunkBytes = budget.chunkBytes();
    }

    /** Creates an account without limits. */
    public static MemoryAccount unlimited() {
        return new MemoryAccount(MemoryBudget.unlimited());
    }

    /** Returns the budget. */
    public MemoryBudget budget() {
        return budget;
    }

    /** Returns the limits of the budget. */
    public DataLimits limits() {
        return budget.limits();
    }

    /** Returns the bytes that the partition takes. */
    public long usedBytes() {
        return used;
    }

    /** Returns the number of sessions in the partition. */
    public long sessions() {
        return sessions;
    }

    /**
     * Holds enough for this many more bytes, until the next {@link #settle}.
     *
     * @return false if they do not fit; then nothing has changed
     */
    public boolean reserve(long bytes) {
        long missing = used + bytes - held;
        if (missing <= 0) {
            return true;
        }
        if (budget.reserve(missing + chunkBytes)) {
            held += missing + chunkBytes;
            return true;
        }
        // Near the limit, the exact demand counts.
        if (budget.reserve(missing)) {
            held += missing;
            return true;
        }
        return false;
    }

    /** Counts bytes that were allocated, or, if negative, freed. */
    public void add(long bytes) {
        used += bytes;
        long spare = held - used;
        if (spare < 0 || (bytes < 0 && spare > 2 * chunkBytes)) {
            resize();
        }
    }

    /** Returns to the budget what the last command has reserved and not used. */
    public void settle() {
        if (held - used > 2 * chunkBytes) {
            resize();
        }
    }

    /** Returns to the budget all that the account does not use. */
    public void trim() {
        budget.take(used - held);
        held = used;
    }

    /** Returns the bytes that must become free before {@link #reserve} can succeed; at most 0 if none. */
    public long missing(long bytes) {
        return used + bytes - held - budget.availableBytes();
    }

    /** Returns how many sessions must end before the limit admits this many more; at most 0 if none. */
    public long missingSessions(int more) {
        return budget.sessions() + more - limits().sessionsMax();
    }

    /** Holds a chunk more than the account uses, or, near the limit, exactly what it uses. */
    private void resize() {
        long more = used + chunkBytes - held;
        if (more > 0 && budget.reserve(more)) {
            held += more;
            return;
        }
        more = more > 0 ? used - held : more;
        budget.take(more);
        held += more;
    }

    /** Counts sessions that were created, or, if negative, have gone. */
    public void addSessions(long more) {
        sessions += more;
        budget.addSessions(more);
    }

    /** Returns whether the limit of sessions admits one more. */
    public boolean admitsSession() {
        return budget.sessions() < limits().sessionsMax();
    }

    /** Moves everything to another budget, because the partition has moved to another server. */
    public void moveTo(MemoryBudget other) {
        leave();
        budget = other;
        chunkBytes = other.chunkBytes();
        held = 0;
        resize();
        other.addSessions(sessions);
    }

    private void leave() {
        budget.take(-held);
        budget.addSessions(-sessions);
    }
}
