package dev.tessera.impl.cluster.view;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The time of a simulation, in milliseconds. */
final class ModelTime {

    private record Event(long atMs, long number, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::number));
    private long nowMs;
    private long nextNumber;

    long nowMs() {
        return nowMs;
    }

    void after(long ms, Runnable action) {
        events.add(new Event(nowMs + ms, nextNumber++, action));
    }

    void runUntil(long endMs) {
        for (Event next = events.peek(); next != null && next.atMs <= endMs; next = events.peek()) {
            events.remove();
            nowMs = next.atMs;
            next.action.run();
        }
        nowMs = endMs;
    }
}
