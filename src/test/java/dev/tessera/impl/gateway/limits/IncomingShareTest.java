package dev.tessera.impl.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The unanswered requests of connections against the total. */
@Tag(Layer.UNIT)
class IncomingShareTest {

    private static final int LARGEST = 1_000_000;
    private static final int FREE = IncomingShare.FREE_BYTES;

    private final IncomingTotal total = IncomingTotal.ofMax(4 * LARGEST, LARGEST);
    private final IncomingShare share = new IncomingShare(total);

    @Test
    void shouldNotCountTheFirstBytesOfAConnection() {
        assertThat(share.add(FREE, FREE)).isTrue();
        assertThat(total.bytes()).isZero();
        assertThat(share.mustWait()).isFalse();
    }

    @Test
    void shouldWaitWhileTheTotalIsHalfFull() {
        assertThat(share.add(2 * LARGEST, LARGEST)).isTrue();
        assertThat(share.mustWait()).isFalse();
        assertThat(share.add(3 * LARGEST, LARGEST)).isTrue();
        assertThat(share.mustWait()).isTrue();
        assertThat(new IncomingShare(total).mustWait()).isFalse();

        share.update(0);
        assertThat(total.bytes()).isZero();
        assertThat(share.mustWait()).isFalse();
    }

    @Test
    void shouldRefuseALargeMessageThatDoesNotFitAndTakeASmallOne() {
        total.add(4 * LARGEST);
        assertThat(share.add(LARGEST, LARGEST)).isFalse();
        assertThat(total.bytes()).isEqualTo(4 * LARGEST);
        assertThat(total.refused()).isEqualTo(1);

        assertThat(share.add(FREE + 10, IncomingTotal.ALWAYS_BYTES)).isTrue();
        assertThat(total.bytes()).isEqualTo(4 * LARGEST + IncomingShare.STEP_BYTES);
    }

    @Test
    void shouldLeaveRoomForTheLargestMessageInASmallTotal() {
        IncomingShare small = new IncomingShare(IncomingTotal.ofMax(LARGEST, LARGEST));
        assertThat(small.add(FREE + 1, FREE + 1)).isTrue();
        assertThat(small.mustWait()).isTrue();
    }
}
