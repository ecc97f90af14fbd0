package dev.tessera.impl.session;

import dev.tessera.impl.json.SipHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The order in which lists visit keys: a keyed hash of each key. The key of the hash is derived from the secret of the
 * server, so that the order is the same on all nodes and after each start, and clients cannot choose keys that collide.
 *
 * <p>{@link KeySpace} finds the home of a key by the low bits of the hash. A walk visits the homes in the order of
 * their reversed bits, as {@link SessionTable#scan} does. If clients remove keys in the order of a list, the others are
 * still spread evenly over a smaller table. {@value #BLOCK_BITS} bits of the home are not reversed: so a walk reads
 * blocks of neighbouring slots, and most of its reads hit the cache.
 *
 * <pre>
 *   hash       63                 b      4        0
 *              +------------------+------+--------+
 *              |                  | home          |     of a table with 2^b slots
 *              +------------------+------+--------+
 *                                 | block| in the block
 *
 *   position   = the reversed bits of the hash, rotated so that bit 4 comes first and bit 0 last
 * </pre>
 *
 * <p>Immutable, and shared by all threads.
 */
public final class KeyOrder {

    /** A walk visits blocks of 2^{@value} slots: one line of the cache. */
    static final int BLOCK_BITS = 4;

    private static final String ALGORITHM = "HmacSHA256";

    /** The input from which the keys are derived. No name of a session begins with its first byte. */
    private static final byte[] LABEL = "\0order of keys".getBytes(StandardCharsets.US_ASCII);

    private static final int SECRET_BYTES = 32;

    /** A hash of keys; tests choose other ones. */
    interface Hash {
        long of(byte[] text, int from, int to);
    }

    private final Hash hash;
    private final PositionSeal seal;

    /** Creates an order by any hash. */
    KeyOrder(Hash hash, PositionSeal seal) {
        this.hash = hash;
        this.seal = seal;
    }

    /** Returns the order under the secret of a server. It does not keep the secret as such. */
    public static KeyOrder under(byte[] secret) {
        byte[] keys;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            keys = mac.doFinal(LABEL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
        SipHash hash = SipHash.ofTable(keys);
        return new KeyOrder(
                hash::hash, new PositionSeal(Arrays.copyOfRange(keys, SipHash.KEY_BYTES, 2 * SipHash.KEY_BYTES)));
    }

    /** Returns an order under a new random secret. */
    public static KeyOrder random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return under(secret);
    }

    /** Returns the hash of a key. */
    long hash(byte[] text, int from, int to) {
        return hash.of(text, from, to);
    }

    /** Returns the position of a key by its hash. Positions are unsigned. */
    static long position(long hash) {
        return Long.reverse(Long.rotateRight(hash, BLOCK_BITS));
    }

    /** Returns a position as text that reveals nothing about hashes. */
    public byte[] seal(ListPosition position) {
        return seal.seal(position);
    }

    /** Returns the position that {@link #seal} made a text of; null if a server with another secret made it. */
    public @Nullable ListPosition open(byte[] sealed) {
        return seal.open(sealed);
    }
}
