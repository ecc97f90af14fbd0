package dev.tessera.client;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The limits of a client. Not thread-safe. */
public final class TesseraClientOptions {

    /** The default of {@link #getTimeout()}: ten seconds. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    /** The default of {@link #getMaxInFlight()}: ten thousand calls. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 10_000;
    /** The default of {@link #getMaxComputeAttempts()}: 64 attempts, which take some seconds. */
    public static final int DEFAULT_MAX_COMPUTE_ATTEMPTS = 64;

    private static final String TIMEOUT_MS = "timeoutMs";
    private static final String MAX_IN_FLIGHT = "maxInFlight";
    private static final String MAX_COMPUTE_ATTEMPTS = "maxComputeAttempts";

    private Duration timeout = DEFAULT_TIMEOUT;
    private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
    private int maxComputeAttempts = DEFAULT_MAX_COMPUTE_ATTEMPTS;

    /** Creates options with the defaults. */
    public TesseraClientOptions() {}

    /** Copies options. */
    public TesseraClientOptions(TesseraClientOptions other) {
        timeout = other.timeout;
        maxInFlight = other.maxInFlight;
        maxComputeAttempts = other.maxComputeAttempts;
    }

    /**
     * Reads options from JSON: {@code timeoutMs}, {@code maxInFlight} and {@code maxComputeAttempts}, all optional.
     * Ignores other members.
     *
     * @throws IllegalArgumentException if a value is of another type or out of range
     */
    public TesseraClientOptions(JsonObject json) {
        Arguments.notNull(json, "JSON");
        setTimeout(Duration.ofMillis(Arguments.number(json, TIMEOUT_MS, DEFAULT_TIMEOUT.toMillis())));
        setMaxInFlight(count(json, MAX_IN_FLIGHT, DEFAULT_MAX_IN_FLIGHT));
        setMaxComputeAttempts(count(json, MAX_COMPUTE_ATTEMPTS, DEFAULT_MAX_COMPUTE_ATTEMPTS));
    }

    private static int count(JsonObject json, String name, int otherwise) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, Arguments.number(json, name, otherwise)));
    }

    /** Returns the options as JSON, in the form that the constructor reads. */
    public JsonObject toJson() {
        return new JsonObject()
                .put(TIMEOUT_MS, timeout.toMillis())
                .put(MAX_IN_FLIGHT, maxInFlight)
                .put(MAX_COMPUTE_ATTEMPTS, maxComputeAttempts);
    }

    /** Returns the time after which a call without an answer fails with {@code OUTCOME_UNKNOWN}. */
    public Duration getTimeout() {
        return timeout;
    }

    /**
     * Sets the time after which a call without an answer fails with {@code OUTCOME_UNKNOWN}.
     *
     * @param value at least one millisecond
     * @throws IllegalArgumentException if it is shorter
     */
    public TesseraClientOptions setTimeout(Duration value) {
        if (Arguments.notNull(value, "timeout").toMillis() < 1) {
            throw new IllegalArgumentException("timeout must be at least 1 ms");
        }
        timeout = value;
        return this;
    }

    /** Returns the number of calls that may wait for their answers. One more call fails with {@code LIMIT_EXCEEDED}. */
    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * Sets the number of calls that may wait for their answers. One more call fails with {@code LIMIT_EXCEEDED}.
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

    /** Returns the most attempts of {@link TesseraKeys#compute}. A conflict in the last one fails the call. */
    public int getMaxComputeAttempts() {
        return maxComputeAttempts;
    }

    /**
     * Sets the most attempts of {@link TesseraKeys#compute}. A conflict in the last one fails the call.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public TesseraClientOptions setMaxComputeAttempts(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("maxComputeAttempts must be at least 1");
        }
        maxComputeAttempts = value;
        return this;
    }
}
