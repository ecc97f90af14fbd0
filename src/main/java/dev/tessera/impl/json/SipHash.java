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
    /** Whether each word and the end have one more round. */
    private final boolean mac;

    private SipHash(byte[] key, boolean mac) {
        this.k0 = Bytes.longAt(key, 0);
        this.k1 = Bytes.longAt(key, Long.BYTES);
        this.mac = mac;
    }

    /** Returns SipHash-2-4 under the first {@value #KEY_BYTES} bytes of a secret. */
    public static SipHash ofMac(byte[] key) {
        return new SipHash(key, true);
    }

    /** Returns SipHash-1-3 under the first {@value #KEY_BYTES} bytes of a secret. */
    public static SipHash ofTable(byte[] key) {
        return new SipHash(key, false);
    }

    /** Returns the hash of a slice. */
    public long hash(byte[] bytes, int from, int to) {
        State state = new State(k0, k1);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            state.absorb(Bytes.longAt(bytes, at), mac);
        }
        state.absorb((long) (to - from) << 56 | lastBytes(bytes, at, to), mac);
        return state.end(mac);
    }

    /** Returns the less than eight bytes of a slice in one word. */
    private static long lastBytes(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        if (to >= Long.BYTES) {
            // The shift drops the bytes before the slice.
            return Bytes.longAt(bytes, to - Long.BYTES) >>> ((Long.BYTES - (to - from)) * Byte.SIZE);
        }
        long word = 0;
        for (int at = to - 1; at >= from; at--) {
            word = word << Byte.SIZE | (bytes[at] & 0xFF);
        }
        return word;
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

        void absorb(long word, boolean mac) {
            v3 ^= word;
            round();
            if (mac) {
                round();
            }
            v0 ^= word;
        }

        long end(boolean mac) {
            v2 ^= 0xFF;
            round();
            round();
            round();
            if (mac) {
                round();
            }
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
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
