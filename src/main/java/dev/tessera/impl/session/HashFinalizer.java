package dev.tessera.impl.session;

/**
 * A finalizer that spreads the bits of tokens, so that any tokens are distributed evenly over partitions and tables.
 */
public final class HashFinalizer {

    private HashFinalizer() {}

    /** Mixes 64 bits bijectively: the finalizer of SplittableRandom (Stafford's variant 13). */
    public static long mix(long token) {
        long z = (token ^ token >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Returns the partition of a token, which is the same on every node and after every start. */
    public static int partition(long token, int partitionCount) {
        return (int) Long.remainderUnsigned(mix(token), partitionCount);
    }
}
