package dev.tessera.impl.bench;

import java.util.List;

/**
 * The parameters of a measurement.
 *
 * @param addresses the server, or the nodes of a cluster; the connections go to the nodes in turn
 * @param load the kind of load
 * @param connections the number of open connections
 * @param pipeline the number of requests in flight on each connection
 * @param threads the number of threads that share the connections
 * @param sessions the number of sessions that the requests use
 * @param keys the number of keys in each session
 * @param preload whether the generator stores all keys before the measurement
 * @param valueBytes the length of a value as JSON text
 * @param prepared the most different requests of each connection
 * @param warmupMs the time before the measurement
 * @param measureMs the time of the measurement, or {@link #UNTIMED}
 * @param requests the number of measured requests if the time is {@link #UNTIMED}; there is no warm-up then
 * @param silenceMsMax the longest time without any reply; after it the generator gives up
 */
public record LoadPlan(
        List<ServerAddress> addresses,
        Load load,
        int connections,
        int pipeline,
        int threads,
        int sessions,
        int keys,
        boolean preload,
        int valueBytes,
        int prepared,
        long warmupMs,
        long measureMs,
        long requests,
        long silenceMsMax) {

    /** The value of {@code measureMs} for a measurement that ends after a number of requests. */
    public static final long UNTIMED = 0;

    /** The default of {@code silenceMsMax}, longer than any pause of a server that works. */
    public static final long DEFAULT_SILENCE_MS_MAX = 10_000;

    /** The most memory of all prepared requests together. The expected replies take about the same. */
    static final long PREPARED_BYTES_MAX = 64L << 20;

    /** The approximate size of a request without its value: header, command, token and key. */
    private static final int REQUEST_BYTES_BESIDE_VALUE = 80;

    /** Returns the server, or one of the nodes, for the steps outside the measurement. */
    ServerAddress address() {
        return addresses.get(0);
    }

    /** Returns the address for a connection. */
    ServerAddress address(int connection) {
        return addresses.get(connection % addresses.size());
    }

    /** Returns the number of different requests of each connection. */
    int preparedPerConnection() {
        long requestBytes = (long) valueBytes + REQUEST_BYTES_BESIDE_VALUE;
        return (int) Math.max(1, Math.min(prepared, PREPARED_BYTES_MAX / (requestBytes * connections)));
    }

    boolean timed() {
        return measureMs != UNTIMED;
    }
}
