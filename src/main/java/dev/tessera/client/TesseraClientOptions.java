package dev.tessera.client;

/** The limits of a client. Not thread-safe while they are being set. */
public final class TesseraClientOptions {

    /** Ten seconds. */
    public static final long DEFAULT_TIMEOUT_MS = 10_000;
    /** Ten thousand calls. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 10_000;

    private long timeoutMs = DEFAULT_TIMEOUT_MS;
    private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;

    /** How long a call waits for its answer before it fails with {@code OUTCOME_UNKNOWN}. */
    public long getTimeoutMs() {
        return timeoutMs;
    }

    /**
     * Sets how long a call waits for its answer before it fails with {@code OUTCOME_UNKNOWN}.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public TesseraClientOptions setTimeoutMs(long value) {
        if (value < 1) {
            throw new IllegalArgumentException("timeoutMs must be at least 1");
        }
        timeoutMs = value;
        return this;
    }

    /** How many calls may wait for their answers; one more fails with {@code LIMIT_EXCEEDED}. */
    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * Sets how many calls may wait for their answers; one more fails with {@code LIMIT_EXCEEDED}.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public TesseraClientOptions setMaxInFlight(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("maxInFlight must be at least 1");
        }
        maxInFlight = value;
        return this;
    }
}
