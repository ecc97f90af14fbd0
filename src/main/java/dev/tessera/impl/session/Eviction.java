package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions that can expire, to make room for others. An exact order of use would cost every command something.
 * Instead, each eviction draws a few sessions at random and ends the one whose last use is the longest ago, as Redis
 * does. Thread: the owner of the partitions.
 */
public final class Eviction {

    private static final int SAMPLES = 5;

    /** The most sessions that end to make room for one command, because they all end within its turn. */
    private static final int EVICTIONS_MAX = 1000;

    /** A session that can end. */
    private record Candidate(Partition partition, Session session) {}

    private final RandomGenerator random;

    /** Creates an eviction that draws from {@code random}. */
    public Eviction(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Reserves memory after it has ended sessions. It ends none if the sessions that it may end do not suffice.
     *
     * @param partitions the partitions of one owner
     * @param admitsEnd returns whether one more session may end
     * @see Partitions#makeRoom
     */
    public boolean makeRoom(
            List<Partition> partitions,
            MemoryAccount memory,
            long bytes,
            int sessions,
            @Nullable Session except,
            long nowMs,
            BooleanSupplier admitsEnd) {
        partitions.forEach(partition -> partition.memory().trim());
        List<Candidate> chosen =
                choose(partitions, except, memory.missing(bytes), sessions == 0 ? 0 : memory.missingSessions(sessions));
        for (Candidate candidate : chosen) {
            if (!admitsEnd.getAsBoolean()) {
                return false;
            }
            candidate.partition().evict(candidate.session(), nowMs);
            candidate.partition().memory().trim();
        }
        return (sessions == 0 || memory.missingSessions(sessions) <= 0) && memory.reserve(bytes);
    }

    /** Returns sessions whose end frees this much; none if that needs too many. */
    private List<Candidate> choose(
            List<Partition> partitions, @Nullable Session except, long bytesMissing, long sessionsMissing) {
        List<Candidate> few = fewExpirable(partitions);
        Set<Session> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        if (except != null) {
            taken.add(except);
        }
        List<Candidate> chosen = new ArrayList<>();
        long bytes = 0;
        long sessions = 0;
        for (int i = 0; bytes < bytesMissing || sessions < sessionsMissing; i++) {
            if (i == (few == null ? EVICTIONS_MAX : few.size())) {
                return List.of();
            }
            Candidate next = few == null ? draw(partitions, taken) : few.get(i);
            if (next != null && taken.add(next.session())) {
                long freed = next.session().evictableBytes();
                boolean deleted = next.session().expiry().deleteSession();
                if ((freed > 0 && bytes < bytesMissing) || (deleted && sessions < sessionsMissing)) {
                    chosen.add(next);
                    bytes += freed;
                    sessions += deleted ? 1 : 0;
                }
            }
        }
        return chosen;
    }

    /** Returns all sessions that can expire, the least recently used ones first; null if they are many. */
    private static @Nullable List<Candidate> fewExpirable(List<Partition> partitions) {
        long count = 0;
        for (Partition partition : partitions) {
            count += partition.queuedSessions();
        }
        if (count > EVICTIONS_MAX) {
            return null;
        }
        List<Candidate> all = new ArrayList<>();
        for (Partition partition : partitions) {
            for (int i = 0; i < partition.queuedSessions(); i++) {
                Session session = partition.queuedSession(i);
                if (session.expiry().expires()) {
                    all.add(new Candidate(partition, session));
                }
            }
        }
        all.sort(Comparator.comparingLong(candidate -> candidate.session().usedMs()));
        return all;
    }

    /** Returns the least recently used one of a few sessions; null if none of them can be taken. */
    private @Nullable Candidate draw(List<Partition> partitions, Set<Session> taken) {
        int at = random.nextInt(partitions.size());
        Session oldest = null;
        Partition oldestIn = null;
        int drawn = 0;
        // Tokens spread the sessions evenly, so the samples of one partition are as good as those of all.
        for (int visited = 0; visited < partitions.size() && drawn < SAMPLES; visited++) {
            Partition partition = partitions.get(at);
            for (int i = Math.min(partition.queuedSessions(), SAMPLES - drawn); i > 0; i--) {
                Session session = partition.queuedSession(random.nextInt(partition.queuedSessions()));
                drawn++;
                boolean candidate = session.expiry().expires() && !taken.contains(session);
                if (candidate && (oldest == null || session.usedMs() < oldest.usedMs())) {
                    oldest = session;
                    oldestIn = partition;
                }
            }
            at = at + 1 == partitions.size() ? 0 : at + 1;
        }
        return oldest == null || oldestIn == null ? null : new Candidate(oldestIn, oldest);
    }

    private boolean evictOne(List<Partition> partitions, long nowMs) {
        Candidate oldest = draw(partitions, Set.of());
        if (oldest == null) {
            return false;
        }
        oldest.partition().evict(oldest.session(), nowMs);
        return true;
    }

    /** Ends sessions until the budget has a margin for the next writes, but only as many as one turn may end. */
    public void restoreMargin(List<Partition> partitions, MemoryBudget memory, long nowMs) {
        for (int i = 0; i < EVICTIONS_MAX && memory.lacksMargin() && evictOne(partitions, nowMs); i++) {
            // The condition does all the work.
        }
    }
}
