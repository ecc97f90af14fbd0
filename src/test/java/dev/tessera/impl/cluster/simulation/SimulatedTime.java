package dev.tessera.impl.cluster.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A scheduler of simulated time: it runs actions in the order of their due times, without waiting. */
final class SimulatedTime {

    private record Event(long atMs, long order, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
    private long nowMs;
    private long order;

    long nowMs() {
        return nowMs;
    }

    void after(long ms, Runnable action) {
        events.add(new Event(nowMs + ms, order++, action));
    }

    void every(long ms, Runnable action) {
        after(ms, () -> {
            action.run();
            every(ms, action);
        });
    }

    void runUntil(long ms) {
        while (!events.isEmpty() && events.peek().atMs() <= ms) {
            Event event = events.remove();
            nowMs = event.atMs();
            event.action().run();
        }
        nowMs = ms;
    }
}
