package dev.tessera.impl.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A bounded count of the clients of all gateways of a server. Thread-safe. */
public final class ConnectionCount {

    private final int max;
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder idle = new LongAdder();

    /** Creates a count of zero that may grow to {@code max}. */
    public ConnectionCount(int max) {
        this.max = max;
    }

    /** Counts one more client and returns true, unless the count is at its bound. */
    boolean tryAdd() {
        if (count.incrementAndGet() <= max) {
            opened.increment();
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /** Counts one client less. */
    void remove() {
        count.decrementAndGet();
    }

    /** Returns how many clients are connected. */
    public int get() {
        return count.get();
    }

    /** Returns how many clients have connected since the start. */
    public long opened() {
        return opened.sum();
    }

    /** Records that a WebSocket was closed because its client was silent. */
    void addIdle() {
        idle.increment();
    }

    /** Returns how many WebSockets were closed because of silence since the start. */
    public long idle() {
        return idle.sum();
    }

    /** Records that a request was refused because too many clients were connected. */
    void addRefused() {
        refused.increment();
    }

    /** Returns how many requests were refused since the start. */
    public long refused() {
        return refused.sum();
    }
}
