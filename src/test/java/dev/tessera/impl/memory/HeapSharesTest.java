package dev.tessera.impl.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class HeapSharesTest {

    private static final long MB = 1L << 20;
    private static final int WRITERS = 4;
    private static final long SERVER_BYTES = 12 * MB;

    /** Snapshots keep values that count as data; only their arrays, about a tenth, come on top. */
    @ParameterizedTest
    @ValueSource(longs = {128, 256, 1024, 32 * 1024})
    void shouldFitTogetherAndLeaveRoomForGarbage(long heapMb) {
        HeapShares shares = new HeapShares(heapMb * MB);

        long together = SERVER_BYTES
                + shares.data()
                + shares.unread()
                + shares.incoming()
                + shares.queued()
                + shares.snapshots() / 10
                + 3 * WRITERS * shares.reply(WRITERS);

        assertThat(together).isLessThan(heapMb * MB * 7 / 8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 20})
    void shouldGiveATinyHeapSharesToo(long heapMb) {
        HeapShares shares = new HeapShares(heapMb * MB);

        assertThat(shares.data()).isPositive();
        assertThat(shares.reply(WRITERS)).isPositive();
    }
}
