package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryBudget;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions that can expire, to make room for others. An exact order of use would cost every command something.
 * Instead, each eviction draws a few sessions at random and ends the one whose last use is the longest ago, as Redis
 * does. Thread: the owner of the partitions.
 */
public final class Eviction {

    private static final int SAMPLES = 5;

    private final RandomGenerator random;

    /** Creates an eviction that draws from {@code random}. */
    public Eviction(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Ends one session.
     *
     * @param partitions the partitions of one owner; not empty
     * @param except a session that stays; may be null
     * @return false if no session can expire
     */
    public boolean evict(List<Partition> partitions, @Nullable Session except, long nowMs) {
        int at = random.nextInt(partitions.size());
        Session oldest = null;
        Partition oldestIn = null;
        int drawn = 0;
        // Tokens spread the sessions evenly, so the samples of one partition are as good as those of all.
        for (int visited = 0; visited < partitions.size() && drawn < SAMPLES; visited++) {
            Partition partition = partitions.get(at);
            for (int i = Math.min(partition.expirableSessions(), SAMPLES - drawn); i > 0; i--) {
                Session session = partition.expirableSession(random.nextInt(partition.expirableSessions()));
                drawn++;
                if (session != except && (oldest == null || session.usedMs() < oldest.usedMs())) {
                    oldest = session;
                    oldestIn = partition;
                }
            }
            at = at + 1 == partitions.size() ? 0 : at + 1;
        }
        if (oldest == null || oldestIn == null) {
            return false;
        }
        oldestIn.evict(oldest, nowMs);
        return true;
    }

    /** Ends sessions until the budget has a margin for the next writes, but only as many as one turn may end. */
    public void restoreMargin(List<Partition> partitions, MemoryBudget memory, long nowMs) {
        for (int i = 0; i < Partitions.EVICTIONS_MAX && memory.lacksMargin() && evict(partitions, null, nowMs); i++) {
            // The condition does all the work.
        }
    }
}
