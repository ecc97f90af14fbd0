package dev.tessera.impl.gateway;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A bounded count of the connections of all gateways of a server, from accept to close. Thread-safe. */
public final class ConnectionCount {

    /** How many connections over the bound may stay open at a time, to get the answer that refuses them. */
    static final int ANSWERED_MAX = 64;

    /** The result of counting a new connection. */
    enum Admission {
        /** The connection is served. */
        ADMITTED,
        /** All connections together exceed the bound; the client is told so. */
        REFUSED,
        /** The connections of one address exceed their bound; the client is told so. */
        REFUSED_ADDRESS,
        /** The connection closes at once, because too many others wait to be told. */
        CLOSED
    }

    private final int max;
    private final int maxPerAddress;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    /** The connections by address; empty without a bound for them. */
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder idle = new LongAdder();
    private final LongAdder slow = new LongAdder();

    /**
     * Creates a count of zero that may grow to {@code max}.
     *
     * @param maxPerAddress the bound for each address; 0 for none
     */
    public ConnectionCount(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Counts a connection that was just accepted. Unless the result is {@link Admission#CLOSED}, the caller passes the
     * result to {@link #leave} after the connection has closed.
     *
     * @param address the client's address; null if it has none
     */
    Admission admit(@Nullable InetAddress address) {
        if (!addOf(address)) {
            return refuse(Admission.REFUSED_ADDRESS);
        }
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            removeOf(address);
            return refuse(Admission.REFUSED);
        }
        opened.increment();
        return Admission.ADMITTED;
    }

    private Admission refuse(Admission refusal) {
        refused.increment();
        if (answered.incrementAndGet() > ANSWERED_MAX) {
            answered.decrementAndGet();
            return Admission.CLOSED;
        }
        return refusal;
    }

    /** Counts a connection less. */
    void leave(Admission admission, @Nullable InetAddress address) {
        if (admission == Admission.ADMITTED) {
            count.decrementAndGet();
            removeOf(address);
        } else {
            answered.decrementAndGet();
        }
    }

    private boolean addOf(@Nullable InetAddress address) {
        if (maxPerAddress == 0 || address == null) {
            return true;
        }
        AtomicBoolean isAdded = new AtomicBoolean();
        perAddress.compute(address, (key, before) -> {
            int open = before == null ? 0 : before;
            isAdded.set(open < maxPerAddress);
            return isAdded.get() ? open + 1 : open;
        });
        return isAdded.get();
    }

    private void removeOf(@Nullable InetAddress address) {
        if (maxPerAddress > 0 && address != null) {
            perAddress.computeIfPresent(address, (key, before) -> before == 1 ? null : before - 1);
        }
    }

    /** Returns the bound. */
    int max() {
        return max;
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

    /** Records that a WebSocket was closed because a message came too slowly. */
    void addSlow() {
        slow.increment();
    }

    /** Returns how many WebSockets were closed because of a slow message since the start. */
    public long slow() {
        return slow.sum();
    }

    /** Returns how many connections were refused since the start. */
    public long refused() {
        return refused.sum();
    }
}
