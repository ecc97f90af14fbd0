package dev.tessera.impl.session;

/** Spreads the bits of a token, so that tokens of any making fall evenly into partitions and tables. */
public final class HashFinalizer {

    private HashFinalizer() {}

    /** A bijection on 64 bits: the finalizer of SplittableRandom (Stafford's variant 13). */
    public static long mix(long token) {
        long z = (token ^ token >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** The partition of a token among {@code partitionCount}; the same on every node and after every start. */
    public static int partition(long token, int partitionCount) {
        return (int) Long.remainderUnsigned(mix(token), partitionCount);
    }
}
