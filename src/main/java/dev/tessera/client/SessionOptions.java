package dev.tessera.client;

/** How a new session is to be. Not thread-safe while it is being set. */
public final class SessionOptions {

    /** Not shared. */
    public static final boolean DEFAULT_SHARED = false;
    /** For ever. */
    public static final long DEFAULT_DURATION_SECONDS = 0;
    /** The session stays, empty. */
    public static final boolean DEFAULT_DELETE_SESSION = false;

    private boolean shared = DEFAULT_SHARED;
    private long durationSeconds = DEFAULT_DURATION_SECONDS;
    private boolean deleteSession = DEFAULT_DELETE_SESSION;

    /** Whether the session can be opened by its name. */
    public boolean isShared() {
        return shared;
    }

    /** Sets whether the session can be opened by its name. */
    public SessionOptions setShared(boolean value) {
        shared = value;
        return this;
    }

    /** How many seconds after its last use the session ends; 0 is never. */
    public long getDurationSeconds() {
        return durationSeconds;
    }

    /**
     * Sets how many seconds after its last use the session ends; 0 is never.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SessionOptions setDurationSeconds(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("durationSeconds must not be negative");
        }
        durationSeconds = value;
        return this;
    }

    /** Whether the session is deleted when its time is over; otherwise it stays and loses its keys. */
    public boolean isDeleteSession() {
        return deleteSession;
    }

    /** Sets whether the session is deleted when its time is over; otherwise it stays and loses its keys. */
    public SessionOptions setDeleteSession(boolean value) {
        deleteSession = value;
        return this;
    }
}
