package dev.tessera.routing;

import dev.tessera.command.TokenSource;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens by {@link SecureRandom} and, for shared sessions, by HMAC-SHA-256 of the name under the server's secret, cut to its first 64 bits.
 * Thread: one at a time.
 */
public final class KeyedTokens implements TokenSource {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecureRandom random = new SecureRandom();
  private final Mac mac;

  /** Tokens under a secret, which is not kept as such. */
  public KeyedTokens(byte[] secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
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
}
