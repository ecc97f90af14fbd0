package dev.tessera.impl.routing;

import dev.tessera.impl.command.TokenSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens by {@link SecureRandom} and, for shared sessions, by HMAC-SHA-256 of the name under the server's secret, cut
 * to its first 64 bits. Keys get theirs by SipHash-2-4 under a key that is derived from the secret. Thread: one at a
 * time.
 */
public final class KeyedTokens implements TokenSource {

    private static final String ALGORITHM = "HmacSHA256";

    /**
     * Begins with a byte that no name has, for names are canonical text: so no token of a session gives the key away.
     */
    private static final byte[] KEY_HASH_LABEL = "\0hash of keys".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final Mac mac;
    private final SipHash keyHash;

    /** Tokens under a secret, which is not kept as such. */
    public KeyedTokens(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
        keyHash = SipHash.of(mac.doFinal(KEY_HASH_LABEL));
    }

    @Override
    public long random() {
        return random.nextLong();
    }

    @Override
    public long shared(byte[] name) {
        byte[] hash = mac.doFinal(name);
        long token = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            token = token << 8 | hash[i] & 0xFF;
        }
        return token;
    }

    @Override
    public long ofKey(byte[] text, int from, int to) {
        return keyHash.hash(text, from, to);
    }
}
