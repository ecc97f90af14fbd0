package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KeyedTokensTest {

    private final KeyedTokens tokens = tokens("one secret");

    @Test
    void shouldReturnTheSameTokenForANameUnderOneSecret() {
        long token = tokens.shared(bytes("lobby"));
        tokens.shared(bytes("another"));

        assertThat(tokens.shared(bytes("lobby"))).isEqualTo(token);
        assertThat(tokens("one secret").shared(bytes("lobby")))
                .as("in another process")
                .isEqualTo(token);
    }

    /**
     * Clients keep tokens across upgrades of the server. A token is the first 64 bits, big endian, as any other tool
     * computes them.
     */
    @Test
    void shouldBeTheHeadOfHmacSha256() {
        assertThat(Long.toUnsignedString(tokens.shared(bytes("lobby")))).isEqualTo("3371015181728872168");
        assertThat(Long.toUnsignedString(tokens.shared(bytes("caf\u00e9")))).isEqualTo("11506298333923574200");
    }

    @Test
    void shouldDifferByNameAndBySecret() {
        Set<Long> seen = new HashSet<>();
        for (String secret : new String[] {"one secret", "one secret ", "another secret"}) {
            for (String name : new String[] {"lobby", "Lobby", "lobby ", "", "l"}) {
                seen.add(tokens(secret).shared(bytes(name)));
            }
        }
        assertThat(seen).hasSize(15);
    }

    @Test
    void shouldDrawDifferentTokens() {
        Set<Long> drawn = new HashSet<>();
        long ones = 0;
        long zeros = 0;
        for (int i = 0; i < 10_000; i++) {
            long token = tokens.random();
            drawn.add(token);
            drawn.add(tokens("one secret").random());
            ones |= token;
            zeros |= ~token;
        }
        assertThat(drawn).hasSize(20_000);
        assertThat(ones & zeros).as("every bit is used").isEqualTo(-1);
    }

    private static KeyedTokens tokens(String secret) {
        return new KeyedTokens(bytes(secret));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
