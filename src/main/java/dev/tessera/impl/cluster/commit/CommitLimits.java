package dev.tessera.impl.cluster.commit;

/**
 * The limits of batches and of their attempts.
 *
 * @param requestsMax the most requests of one batch
 * @param bytesMax a batch takes no more requests after this many bytes
 * @param patienceMs the time that a request waits for its turn and for the owner before it gets a fault; up to 1.5
 *     times as long if it had to wait for its turn
 * @param pauseMs the pause after a failed attempt
 */
public record CommitLimits(int requestsMax, int bytesMax, long patienceMs, long pauseMs) {

    /** Returns the limits of a server. */
    public static CommitLimits withPatience(long patienceMs) {
        return new CommitLimits(4096, 256 * 1024, patienceMs, 50);
    }
}
