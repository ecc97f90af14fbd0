package dev.tessera.impl.bench;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param addresses the server; or the nodes of a cluster, which get a connection each in turn
 * @param load which commands are sent
 * @param connections how many connections are open
 * @param pipeline requests in flight on each
 * @param threads threads that share the connections
 * @param sessions sessions that the requests are spread over
 * @param keys different keys in each session
 * @param preload whether all keys are stored beforehand
 * @param valueBytes the length of a value as JSON text
 * @param prepared different requests for each connection, at most
 * @param warmupMs time before the measurement
 * @param measureMs how long is measured, or {@link #UNTIMED}
 * @param requests how many requests are measured where the time is {@link #UNTIMED}; there is no warm-up then
 * @param silenceMsMax a server that answers nothing for so long is given up
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

    /** As long as the requests take. */
    public static final long UNTIMED = 0;

    /** Longer than any pause that one would want to measure. */
    public static final long DEFAULT_SILENCE_MS_MAX = 10_000;

    /** All prepared requests together, and so about all expected replies, take no more memory than this. */
    static final long PREPARED_BYTES_MAX = 64L << 20;

    /** What a request has beside its value: header, command, token, key. */
    private static final int REQUEST_BYTES_BESIDE_VALUE = 80;

    /** The server, or one of the nodes, for all beside the measurement. */
    ServerAddress address() {
        return addresses.get(0);
    }

    /** Where a connection goes. */
    ServerAddress address(int connection) {
        return addresses.get(connection % addresses.size());
    }

    /** How many different requests each connection gets. */
    int preparedPerConnection() {
        long requestBytes = valueBytes + REQUEST_BYTES_BESIDE_VALUE;
        return (int) Math.max(1, Math.min(prepared, PREPARED_BYTES_MAX / (requestBytes * connections)));
    }

    boolean timed() {
        return measureMs != UNTIMED;
    }
}
