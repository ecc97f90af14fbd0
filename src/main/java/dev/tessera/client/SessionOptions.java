package dev.tessera.client;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The properties of a new session. Not thread-safe. */
public final class SessionOptions {

    /** The default of {@link #isShared()}: not shared. */
    public static final boolean DEFAULT_SHARED = false;
    /** The default of {@link #getDuration()}: the session never expires. */
    public static final Duration DEFAULT_DURATION = Duration.ZERO;
    /** The default of {@link #isDeleteSession()}: an expired session stays, without keys. */
    public static final boolean DEFAULT_DELETE_SESSION = false;

    private static final String SHARED = "shared";
    private static final String DURATION_SECONDS = "durationSeconds";
    private static final String DELETE_SESSION = "deleteSession";

    private boolean shared = DEFAULT_SHARED;
    private Duration duration = DEFAULT_DURATION;
    private boolean deleteSession = DEFAULT_DELETE_SESSION;

    /** Creates options with the defaults. */
    public SessionOptions() {}

    /** Copies options. */
    public SessionOptions(SessionOptions other) {
        shared = other.shared;
        duration = other.duration;
        deleteSession = other.deleteSession;
    }

    /**
     * Reads options from JSON: {@code shared}, {@code durationSeconds} and {@code deleteSession}, all optional. Ignores
     * other members.
     *
     * @throws IllegalArgumentException if a value is of another type or out of range
     */
    public SessionOptions(JsonObject json) {
        Arguments.notNull(json, "JSON");
        setShared(Arguments.flag(json, SHARED, DEFAULT_SHARED));
        setDuration(Duration.ofSeconds(Arguments.number(json, DURATION_SECONDS, DEFAULT_DURATION.toSeconds())));
        setDeleteSession(Arguments.flag(json, DELETE_SESSION, DEFAULT_DELETE_SESSION));
    }

    /** Returns the options as JSON, in the form that the constructor reads. */
    public JsonObject toJson() {
        return new JsonObject()
                .put(SHARED, shared)
                .put(DURATION_SECONDS, duration.toSeconds())
                .put(DELETE_SESSION, deleteSession);
    }

    /** Returns whether other clients can open the session by its name. */
    public boolean isShared() {
        return shared;
    }

    /** Sets whether other clients can open the session by its name. */
    public SessionOptions setShared(boolean value) {
        shared = value;
        return this;
    }

    /** Returns the time after the last use at which the session expires; zero if it never expires. */
    public Duration getDuration() {
        return duration;
    }

    /**
     * Sets the time after the last use at which the session expires; zero for a session that never expires.
     *
     * @param value whole seconds, because the protocol counts in seconds
     * @throws IllegalArgumentException if it is negative, or has a fraction of a second
     */
    public SessionOptions setDuration(Duration value) {
        if (Arguments.notNull(value, "duration").isNegative() || value.toNanosPart() != 0) {
            throw new IllegalArgumentException("duration must be whole seconds, and not negative");
        }
        duration = value;
        return this;
    }

    /** Returns whether an expired session is deleted. Otherwise it stays, without keys. */
    public boolean isDeleteSession() {
        return deleteSession;
    }

    /** Sets whether an expired session is deleted. Otherwise it stays, without keys. */
    public SessionOptions setDeleteSession(boolean value) {
        deleteSession = value;
        return this;
    }
}
