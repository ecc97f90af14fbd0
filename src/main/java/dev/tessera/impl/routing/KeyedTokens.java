package dev.tessera.impl.routing;

import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.json.SipHash;
import dev.tessera.impl.session.KeyOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A source of tokens under the server's secret. A new session gets a token from {@link SecureRandom}. A shared session
 * gets the first 64 bits of the HMAC-SHA-256 of its name. A key gets its SipHash-2-4 under a key that is derived from
 * the secret. Thread: one at a time.
 */
public final class KeyedTokens implements TokenSource {

    private static final String ALGORITHM = "HmacSHA256";

    /**
     * The input from which the key of SipHash is derived. Names are canonical text, and no name begins with its first
     * byte: so no token of a session reveals the key.
     */
    private static final byte[] KEY_HASH_LABEL = "\0hash of keys".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final Mac mac;
    private final SipHash keyHash;
    private final KeyOrder keyOrder;

    /** Creates a source under a secret. The source does not keep the secret as such. */
    public KeyedTokens(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
        keyOrder = KeyOrder.under(secret);
        keyHash = SipHash.ofMac(mac.doFinal(KEY_HASH_LABEL));
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
            token = (token << 8) | (hash[i] & 0xFF);
        }
        return token;
    }

    @Override
    public long ofKey(byte[] text, int from, int to) {
        return keyHash.hash(text, from, to);
    }

    @Override
    public KeyOrder keyOrder() {
        return keyOrder;
    }
}
