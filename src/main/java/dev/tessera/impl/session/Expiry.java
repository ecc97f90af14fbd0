package dev.tessera.impl.session;

/**
 * The expiry of a session: after which time without use it expires, and whether it is deleted then.
 *
 * @param durationSeconds an unsigned 64-bit number of seconds; 0 means that the session never expires
 * @param deleteSession whether the session is deleted with its keys, or stays without them
 */
public record Expiry(long durationSeconds, boolean deleteSession) {

    /** The expiry of a session that never expires. */
    public static final Expiry NEVER = new Expiry(0, false);

    /** The instant that means never. */
    static final long NEVER_MS = Long.MAX_VALUE;

    /** Returns whether the session can expire. */
    public boolean expires() {
        return durationSeconds != 0;
    }

    /** Returns the end of a session that is used at {@code nowMs}. The sum saturates. */
    long endMs(long nowMs) {
        long milliseconds = durationMs();
        return milliseconds >= NEVER_MS - nowMs ? NEVER_MS : nowMs + milliseconds;
    }

    /** Moves an instant by a difference between clocks. The sum saturates, and never stays never. */
    static long shifted(long endMs, long aheadMs) {
        return endMs == NEVER_MS || aheadMs > NEVER_MS - endMs ? NEVER_MS : endMs + aheadMs;
    }

    /** Returns the duration in milliseconds, which saturates; {@link #NEVER_MS} if the session never expires. */
    long durationMs() {
        return durationSeconds == 0 || Long.compareUnsigned(durationSeconds, NEVER_MS / 1000) >= 0
                ? NEVER_MS
                : durationSeconds * 1000;
    }
}
