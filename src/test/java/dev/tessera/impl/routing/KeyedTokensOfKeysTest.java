package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens of keys on a server without sessions. */
@Tag(Layer.UNIT)
class KeyedTokensOfKeysTest {

    private static final int PARTITIONS = 271;
    private static final int KEYS_PER_PARTITION = 400;

    private final KeyedTokens tokens = new KeyedTokens("a secret of this test".getBytes(UTF_8));

    @Test
    void shouldStayTheSameUnderOneSecret() {
        assertThat(ofKey(new KeyedTokens("a secret of this test".getBytes(UTF_8)), "key"))
                .isEqualTo(ofKey(tokens, "key"));
        assertThat(ofKey(new KeyedTokens("a secret of another".getBytes(UTF_8)), "key"))
                .isNotEqualTo(ofKey(tokens, "key"));
    }

    /** This value must never change, because it determines where existing data is stored. */
    @Test
    void shouldStayTheSameInEveryVersion() {
        assertThat(Long.toUnsignedString(ofKey(tokens, "key"))).isEqualTo("1628802195778457970");
    }

    @Test
    void shouldNotBeTheTokenOfASharedSession() {
        assertThat(ofKey(tokens, "lobby")).isNotEqualTo(tokens.shared("lobby".getBytes(UTF_8)));
    }

    /**
     * Computes chi-square over all partitions. Its mean is {@code PARTITIONS - 1} and its deviation about 23; the
     * bounds are about six deviations away. Keys and secret are fixed, so the outcome is too.
     */
    @ParameterizedTest
    @ValueSource(strings = {"%d", "user:%d", "user:%010d:basket", "%x", "\u00e9%d"})
    void shouldSpreadKeysEvenly(String pattern) {
        int[] counts = new int[PARTITIONS];
        StoreMap stores = new StoreMap(PARTITIONS, 1);
        for (int i = 0; i < PARTITIONS * KEYS_PER_PARTITION; i++) {
            counts[stores.partitionOf(ofKey(tokens, String.format(pattern, i)))]++;
        }

        double chiSquare = Arrays.stream(counts)
                .mapToDouble(count -> Math.pow(count - KEYS_PER_PARTITION, 2) / KEYS_PER_PARTITION)
                .sum();
        assertThat(chiSquare).isBetween(130.0, 410.0);
    }

    /** A client may find keys that share a partition under one secret. Under another secret they spread. */
    @Test
    void shouldSpreadKeysThatCollideUnderAnotherSecret() {
        StoreMap stores = new StoreMap(PARTITIONS, 1);
        KeyedTokens other = new KeyedTokens("a secret of another".getBytes(UTF_8));
        int[] counts = new int[PARTITIONS];
        int aimed = 0;
        for (int i = 0; aimed < PARTITIONS; i++) {
            if (stores.partitionOf(ofKey(tokens, "k" + i)) == 0) {
                counts[stores.partitionOf(ofKey(other, "k" + i))]++;
                aimed++;
            }
        }

        assertThat(Arrays.stream(counts).max().getAsInt()).isLessThan(10);
    }

    private static long ofKey(KeyedTokens tokens, String key) {
        byte[] text = key.getBytes(UTF_8);
        return tokens.ofKey(text, 0, text.length);
    }
}
