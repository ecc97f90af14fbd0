package dev.tessera.impl.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class UnsentTotalTest {

    private static final int MB = 1_000_000;

    private final UnsentTotal total = new UnsentTotal(10 * MB);
    private final List<String> dropped = new ArrayList<>();
    private final UnsentShare parked = share("parked");
    private final UnsentShare reader = share("reader");

    private UnsentShare share(String name) {
        GatewayLimits limits = new GatewayLimits(MB, 10, 10, 9 * MB, 10 * MB, MB);
        return new UnsentShare(limits, total, reason -> dropped.add(name + ": " + reason));
    }

    @Test
    void shouldDropTheConnectionWithMostUnsentBytesAndNotTheOneThatGetsAReply() {
        assertThat(parked.update(8 * MB)).isNull();
        assertThat(reader.update(MB)).isNull();

        assertThat(reader.update(3 * MB)).isNull();

        assertThat(dropped)
                .singleElement()
                .asString()
                .startsWith("parked: 8000000 bytes of answers wait for it to read");
        assertThat(total.dropped()).isEqualTo(1);
        assertThat(total.bytes()).isEqualTo(3 * MB - UnsentTotal.FREE_BYTES);
        // The dropped connection no longer counts, whatever it still reports. It learns of its end once.
        assertThat(parked.update(8 * MB)).contains("bytes of answers wait for it to read");
        assertThat(parked.update(9 * MB)).isNull();
        assertThat(total.bytes()).isEqualTo(3 * MB - UnsentTotal.FREE_BYTES);
    }

    @Test
    void shouldDropTheCallersConnectionIfItsShareIsTheLargest() {
        assertThat(reader.update(4 * MB)).isNull();

        assertThat(parked.update(8 * MB)).contains("; limits.maxUnsentTotalBytes allows 10000000");

        assertThat(dropped).isEmpty();
        assertThat(total.bytes()).isEqualTo(4 * MB - UnsentTotal.FREE_BYTES);
    }

    @Test
    void shouldDropAConnectionOverItsOwnLimitOnce() {
        assertThat(parked.update(9 * MB + 1)).contains("; limits.maxUnsentBytes allows 9000000");

        assertThat(parked.update(9 * MB + 2)).isNull();
        assertThat(total.droppedForShare()).isEqualTo(1);
        assertThat(total.bytes()).isZero();
    }
}
