package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class RefusalLogTest {

    private long nowMs;
    private final RefusalLog log = new RefusalLog(7, () -> nowMs);

    @Test
    void shouldLogTheFirstRefusalAtOnce() {
        assertThat(log.line("client"))
                .isEqualTo("Refusing a connection of client: 7 are open, and limits.maxConnections allows no more");
    }

    @Test
    void shouldCountRefusalsWithinASecondInTheNextLine() {
        log.line("first");
        nowMs = 999;
        assertThat(log.line("second")).isNull();
        assertThat(log.line("third")).isNull();
        nowMs = 1000;

        assertThat(log.line("fourth"))
                .startsWith("Refusing a connection of fourth:")
                .endsWith(" (and 2 others since the last such line)");
    }

    @Test
    void shouldNotCountTwice() {
        log.line("first");
        log.line("second");
        nowMs = 1000;
        log.line("third");
        nowMs = 5000;

        assertThat(log.line("fourth")).endsWith("allows no more");
    }
}
