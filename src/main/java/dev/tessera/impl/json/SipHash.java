package dev.tessera.impl.json;

/**
 * SipHash: a 64-bit hash of bytes under a key of 16 bytes. It is as cheap as a hash. Without the key, nobody finds
 * collisions, even with the hashes of other bytes. Equal keys produce equal hashes on every node. Immutable.
 *
 * <p>SipHash-2-4 has the margin of a MAC. SipHash-1-3 is the faster variant for hash tables, as in Rust and Python.
 *
 * <p>Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012, whose appendix has the test
 * vectors.
 */
public final class SipHash {

    /** The length of a key. */
    public static final int KEY_BYTES = 16;

    private final long k0;
    private final long k1;
    private final int compressionRounds;
    private final int finalRounds;

    private SipHash(byte[] key, int compressionRounds, int finalRounds) {
        this.k0 = Bytes.longAt(key, 0);
        this.k1 = Bytes.longAt(key, Long.BYTES);
        this.compressionRounds = compressionRounds;
        this.finalRounds = finalRounds;
    }

    /** Returns SipHash-2-4 under the first {@value #KEY_BYTES} bytes of a secret. */
    public static SipHash ofMac(byte[] key) {
        return new SipHash(key, 2, 4);
    }

    /** Returns SipHash-1-3 under the first {@value #KEY_BYTES} bytes of a secret. */
    public static SipHash ofTable(byte[] key) {
        return new SipHash(key, 1, 3);
    }

    /** Returns the hash of a slice. */
    public long hash(byte[] bytes, int from, int to) {
        State state = new State(k0, k1);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            state.absorb(Bytes.longAt(bytes, at), compressionRounds);
        }
        long last = (long) (to - from) << 56;
        for (int shift = 0; at < to; at++, shift += Byte.SIZE) {
            last |= (bytes[at] & 0xFFL) << shift;
        }
        state.absorb(last, compressionRounds);
        return state.end(finalRounds);
    }

    /** The four words of the state. The object does not escape from {@link #hash}, so that the JIT allocates none. */
    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void absorb(long word, int rounds) {
            v3 ^= word;
            rounds(rounds);
            v0 ^= word;
        }

        long end(int rounds) {
            v2 ^= 0xFF;
            rounds(rounds);
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void rounds(int count) {
            for (int i = 0; i < count; i++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
        }
    }
}
