package dev.tessera.impl.session;

/**
 * How long a session lasts when nobody uses it, and what is left of it then.
 *
 * @param durationSeconds an unsigned 64-bit count of seconds; 0 is for ever
 * @param deleteSession whether the session goes with its keys, or stays, empty
 */
public record Expiry(long durationSeconds, boolean deleteSession) {

    /** A session that never ends by itself. */
    public static final Expiry NEVER = new Expiry(0, false);

    /** The instant that stands for never. */
    static final long NEVER_MS = Long.MAX_VALUE;

    /** Says whether there is an end at all. */
    public boolean expires() {
        return durationSeconds != 0;
    }

    /** The end of a session that is used at {@code nowMs}; it saturates. */
    long endMs(long nowMs) {
        long milliseconds = durationMs();
        return milliseconds >= NEVER_MS - nowMs ? NEVER_MS : nowMs + milliseconds;
    }

    /** The duration in milliseconds; it saturates, and is {@link #NEVER_MS} for ever. */
    long durationMs() {
        return durationSeconds == 0 || Long.compareUnsigned(durationSeconds, NEVER_MS / 1000) >= 0
                ? NEVER_MS
                : durationSeconds * 1000;
    }
}
