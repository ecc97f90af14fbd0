package dev.tessera.impl.bench;

/** A ring buffer of the send times of the requests in flight on one connection, oldest first. */
final class SendTimes {

    private final long[] timesNs;
    private final int mask;
    private long first;
    private long end;

    /** Creates a buffer for at least {@code countMax} requests. */
    SendTimes(int countMax) {
        timesNs = new long[Integer.highestOneBit(Math.max(1, countMax - 1)) << 1];
        mask = timesNs.length - 1;
    }

    /** Returns the number of requests in flight. */
    int size() {
        return (int) (end - first);
    }

    /** Adds the send time of a request. */
    void add(long nowNs) {
        if (size() == timesNs.length) {
            throw new IllegalStateException("more than " + timesNs.length + " requests in flight");
        }
        timesNs[(int) end++ & mask] = nowNs;
    }

    /** Removes and returns the oldest send time. There must be one. */
    long remove() {
        return timesNs[(int) first++ & mask];
    }
}
