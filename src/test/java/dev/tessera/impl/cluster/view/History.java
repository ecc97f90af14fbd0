package dev.tessera.impl.cluster.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations of clients on keys whose writes all store different values. The check is that of Gibbons and Korach
 * ("Testing shared memories", 1997): each value has a zone from the first end to the last start of the operations on
 * it. The history of a key is linearizable exactly if no two forward zones overlap, and none contains a backward one.
 */
final class History {

    /** An operation, which has an end only if its client got the reply. */
    static final class Operation {

        private final int key;
        private final boolean write;
        private final long startMs;
        private long endMs = Long.MAX_VALUE;
        private long value;

        private Operation(int key, boolean write, long value, long startMs) {
            this.key = key;
            this.write = write;
            this.value = value;
            this.startMs = startMs;
        }

        @Override
        public String toString() {
            return (write ? "write " : "read ") + value + " of key " + key + " " + startMs + ".."
                    + (endMs == Long.MAX_VALUE ? "?" : endMs);
        }
    }

    private record Zone(long value, long minEnd, long maxStart) {

        private boolean isForward() {
            return minEnd < maxStart;
        }
    }

    private final List<Operation> operations = new ArrayList<>();
    private long nextValue = 1;
    private int acknowledged;

    Operation write(int key, long nowMs) {
        return begin(new Operation(key, true, nextValue++, nowMs));
    }

    Operation read(int key, long nowMs) {
        return begin(new Operation(key, false, 0, nowMs));
    }

    private Operation begin(Operation operation) {
        operations.add(operation);
        return operation;
    }

    static long value(Operation operation) {
        return operation.value;
    }

    void end(Operation operation, long value, long nowMs) {
        operation.value = value;
        operation.endMs = nowMs;
        acknowledged++;
    }

    int acknowledged() {
        return acknowledged;
    }

    /** Throws if the operations on a key are not linearizable. */
    void check() {
        Map<Integer, Map<Long, List<Operation>>> byKey = new HashMap<>();
        for (Operation one : operations) {
            if (one.write || one.endMs != Long.MAX_VALUE) {
                byKey.computeIfAbsent(one.key, key -> new HashMap<>())
                        .computeIfAbsent(one.value, value -> new ArrayList<>())
                        .add(one);
            }
        }
        byKey.forEach((key, values) -> check(values));
    }

    private void check(Map<Long, List<Operation>> values) {
        List<Zone> zones = new ArrayList<>();
        values.forEach((value, uses) -> {
            boolean seen = uses.stream().anyMatch(one -> one.endMs != Long.MAX_VALUE);
            if (!seen) {
                return;
            }
            // The value 0 is there from the beginning.
            long minEnd = value == 0 ? -1 : Long.MAX_VALUE;
            long maxStart = -1;
            for (Operation one : uses) {
                minEnd = Math.min(minEnd, one.endMs);
                maxStart = Math.max(maxStart, one.startMs);
            }
            zones.add(new Zone(value, minEnd, maxStart));
        });
        for (Zone a : zones) {
            for (Zone b : zones) {
                if (a.value != b.value && a.isForward() && conflict(a, b)) {
                    throw new AssertionError("not linearizable: values " + a.value + " and " + b.value + "\n"
                            + values.get(a.value) + "\n" + values.get(b.value));
                }
            }
        }
    }

    private static boolean conflict(Zone forward, Zone other) {
        return other.isForward()
                ? other.minEnd < forward.maxStart && forward.minEnd < other.maxStart
                : forward.minEnd < other.maxStart && other.minEnd < forward.maxStart;
    }
}
