package dev.tessera.impl.cluster.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A scheduler of simulated time: it runs actions in the order of their due times, without waiting. */
public final class SimulatedTime {

    private record Event(long atMs, long order, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
    private long nowMs;
    private long order;

    /** Returns the time of the last event. */
    public long nowMs() {
        return nowMs;
    }

    /** Runs an action once. */
    public void after(long ms, Runnable action) {
        events.add(new Event(nowMs + ms, order++, action));
    }

    /** Runs an action again and again, for the first time after one interval. */
    public void every(long ms, Runnable action) {
        after(ms, () -> {
            action.run();
            every(ms, action);
        });
    }

    /** Runs all actions that are due until then. */
    public void runUntil(long ms) {
        while (!events.isEmpty() && events.peek().atMs() <= ms) {
            Event event = events.remove();
            nowMs = event.atMs();
            event.action().run();
        }
        nowMs = ms;
    }
}
