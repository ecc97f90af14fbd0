package dev.tessera.client;

/**
 * The properties of a session. Times are the protocol's unsigned seconds, because a {@link java.time.Duration} cannot
 * hold all of them.
 *
 * @param shared whether clients can open it by its name
 * @param keyCount the number of its keys
 * @param durationSeconds the time after its last use at which it expires, unsigned; 0 if it never expires
 * @param remainingSeconds the rest of that time, rounded up, unsigned; 0 if it never expires
 * @param deleteSession whether the expired session is deleted; otherwise it stays, without keys
 */
public record SessionInfo(
        boolean shared, int keyCount, long durationSeconds, long remainingSeconds, boolean deleteSession) {

    /** Returns whether the session expires. */
    public boolean expires() {
        return durationSeconds != 0;
    }
}
