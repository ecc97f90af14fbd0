package dev.tessera.impl.bench;

/**
 * When the requests in flight on one connection were sent, oldest first: a ring of longs with room for a fixed number.
 */
final class SendTimes {

    private final long[] timesNs;
    private final int mask;
    private long first;
    private long end;

    /** With room for {@code most} requests at least. */
    SendTimes(int most) {
        timesNs = new long[Integer.highestOneBit(Math.max(1, most - 1)) << 1];
        mask = timesNs.length - 1;
    }

    /** How many requests are in flight. */
    int size() {
        return (int) (end - first);
    }

    /** Notes a request. */
    void add(long nowNs) {
        if (size() == timesNs.length) {
            throw new IllegalStateException("more than " + timesNs.length + " requests in flight");
        }
        timesNs[(int) end++ & mask] = nowNs;
    }

    /** When the oldest one was sent; it is forgotten. There must be one. */
    long remove() {
        return timesNs[(int) first++ & mask];
    }
}
