package dev.tessera.impl.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many clients all gateways of a server have together, and whether one more may come. Thread-safe. */
public final class ConnectionCount {

    private final int max;
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder idle = new LongAdder();

    /** None, of {@code max} that are allowed. */
    public ConnectionCount(int max) {
        this.max = max;
    }

    /** Counts one more, unless there are too many already. */
    boolean tryAdd() {
        if (count.incrementAndGet() <= max) {
            opened.increment();
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /** Counts one less. */
    void remove() {
        count.decrementAndGet();
    }

    /** How many there are. */
    public int get() {
        return count.get();
    }

    /** How many were let in since the start. */
    public long opened() {
        return opened.sum();
    }

    /** Notes that a WebSocket was closed, for its client gave no sign of life. */
    void addIdle() {
        idle.increment();
    }

    /** How many were closed for that since the start. */
    public long idle() {
        return idle.sum();
    }

    /** Notes a request that was refused, for its connection was one too many. */
    void addRefused() {
        refused.increment();
    }

    /** How many requests were refused since the start. */
    public long refused() {
        return refused.sum();
    }
}
