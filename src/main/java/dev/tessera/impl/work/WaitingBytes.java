package dev.tessera.impl.work;

import dev.tessera.impl.session.KeySnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The memory that only waiting tasks keep alive: the outdated snapshots of all tasks, and of each client. A snapshot of
 * several tasks counts once. Thread: one at a time.
 */
final class WaitingBytes {

    private static final class Use {
        /** The number of tasks of each client. */
        private final Map<Requester, Integer> tasks = new HashMap<>(2);

        private boolean outdated;
    }

    private final Map<KeySnapshot, Use> uses = new HashMap<>();
    private final Map<Requester, Long> ofClients = new HashMap<>();
    private long total;

    /** Adds a snapshot of a task. */
    void add(Requester client, KeySnapshot snapshot) {
        Use use = uses.computeIfAbsent(snapshot, one -> new Use());
        boolean another = use.tasks.merge(client, 1, Integer::sum) == 1;
        if (use.outdated && another) {
            count(client, snapshot.bytes());
        }
        if (snapshot.isOutdated()) {
            outdate(snapshot);
        }
    }

    /** Removes a snapshot of a task. */
    void remove(Requester client, KeySnapshot snapshot) {
        Use use = uses.get(snapshot);
        if (use == null || use.tasks.merge(client, -1, Integer::sum) > 0) {
            return;
        }
        use.tasks.remove(client);
        if (use.outdated) {
            count(client, -snapshot.bytes());
        }
        if (use.tasks.isEmpty()) {
            uses.remove(snapshot);
            total -= use.outdated ? snapshot.bytes() : 0;
        }
    }

    /** Counts a snapshot that is outdated, if a waiting task has it. */
    void outdate(KeySnapshot snapshot) {
        Use use = uses.get(snapshot);
        if (use != null && !use.outdated) {
            use.outdated = true;
            total += snapshot.bytes();
            use.tasks.keySet().forEach(client -> count(client, snapshot.bytes()));
        }
    }

    private void count(Requester client, long more) {
        if (ofClients.merge(client, more, Long::sum) == 0) {
            ofClients.remove(client);
        }
    }

    /** Returns the bytes of all tasks. */
    long total() {
        return total;
    }

    /** Returns the client whose tasks keep the most alive, of the origin that keeps the most. There must be one. */
    Requester most() {
        Map<Long, Long> ofOrigins = new HashMap<>();
        uses.forEach((snapshot, use) -> {
            if (use.outdated) {
                use.tasks.keySet().stream()
                        .map(Requester::origin)
                        .distinct()
                        .forEach(origin -> ofOrigins.merge(origin, snapshot.bytes(), Long::sum));
            }
        });
        long origin = largest(ofOrigins.entrySet().stream()).orElseThrow();
        return largest(ofClients.entrySet().stream()
                        .filter(client -> client.getKey().origin() == origin))
                .orElseThrow();
    }

    private static <K> Optional<K> largest(Stream<Map.Entry<K, Long>> bytes) {
        return bytes.max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }
}
