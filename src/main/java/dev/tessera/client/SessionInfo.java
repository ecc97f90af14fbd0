package dev.tessera.client;

/**
 * A session, described without using it.
 *
 * @param shared whether it can be opened by its name
 * @param keyCount how many keys it has
 * @param durationSeconds how long it lasts after its last use, unsigned; 0 is for ever
 * @param remainingSeconds what is left of that, rounded up, unsigned; 0 if it lasts for ever
 * @param deleteSession whether it is deleted then; otherwise it stays and loses its keys
 */
public record SessionInfo(
        boolean shared, int keyCount, long durationSeconds, long remainingSeconds, boolean deleteSession) {

    /** Whether it ends by itself. */
    public boolean expires() {
        return durationSeconds != 0;
    }
}
