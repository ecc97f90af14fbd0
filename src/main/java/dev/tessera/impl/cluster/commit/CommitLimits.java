package dev.tessera.impl.cluster.commit;

/**
 * How large batches become, and for how long they are tried.
 *
 * @param requestsMax requests in one batch
 * @param bytesMax behind this many bytes of requests, a batch takes no more
 * @param patienceMs how long a request waits for its turn and for the owner, before it is answered that it was not, or
 *     may not have been executed; up to half as long again where it had to wait for its turn
 * @param pauseMs how long after a failed attempt the next one comes
 */
public record CommitLimits(int requestsMax, int bytesMax, long patienceMs, long pauseMs) {

    /** The limits of a server. */
    public static CommitLimits withPatience(long patienceMs) {
        return new CommitLimits(4096, 256 * 1024, patienceMs, 50);
    }
}
