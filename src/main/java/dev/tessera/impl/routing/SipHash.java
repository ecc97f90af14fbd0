package dev.tessera.impl.routing;

import dev.tessera.impl.json.Bytes;

/**
 * SipHash-2-4: a 64-bit hash of bytes under a key of 16 bytes. It is as cheap as a hash. Without the key, collisions
 * are as hard to find as for a MAC. Equal keys produce equal hashes on every node. Immutable.
 *
 * <p>Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012, whose appendix has the test
 * vectors.
 */
final class SipHash {

    /** The length of a key. */
    static final int KEY_BYTES = 16;

    private static final int COMPRESSION_ROUNDS = 2;
    private static final int FINAL_ROUNDS = 4;

    private final long k0;
    private final long k1;

    private SipHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /** Returns the hash under the first {@value #KEY_BYTES} bytes of a secret. */
    static SipHash of(byte[] key) {
        return new SipHash(Bytes.longAt(key, 0), Bytes.longAt(key, Long.BYTES));
    }

    /** Returns the hash of a slice. */
    long hash(byte[] bytes, int from, int to) {
        State state = new State(k0, k1);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            state.absorb(Bytes.longAt(bytes, at));
        }
        long last = (long) (to - from) << 56;
        for (int shift = 0; at < to; at++, shift += Byte.SIZE) {
            last |= (bytes[at] & 0xFFL) << shift;
        }
        state.absorb(last);
        return state.end();
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

        void absorb(long word) {
            v3 ^= word;
            rounds(COMPRESSION_ROUNDS);
            v0 ^= word;
        }

        long end() {
            v2 ^= 0xFF;
            rounds(FINAL_ROUNDS);
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
