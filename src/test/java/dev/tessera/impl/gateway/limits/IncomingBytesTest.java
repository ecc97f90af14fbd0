package dev.tessera.impl.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.ObjectSize;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class IncomingBytesTest {

    private static final int MIB = 1024 * 1024;

    /** The bytes on the heap of an array for the largest message. */
    private static final long ARRAY_BYTES = ObjectSize.ofBytes(MIB);

    private final IncomingTotal total = IncomingTotal.ofMax(2 * ARRAY_BYTES, MIB);

    @Test
    void shouldReserveNothingForAnAnnouncement() {
        assertThat(new IncomingBytes(total).capacity()).isZero();
        assertThat(total.bytes()).isZero();
    }

    @Test
    void shouldHoldAtMostTwiceTheReceivedBytes() {
        IncomingBytes message = new IncomingBytes(total);
        byte[] piece = new byte[1_500];
        int grown = 0;
        while (message.size() < MIB) {
            int before = message.capacity();
            message.append(piece, 0, Math.min(piece.length, MIB - message.size()), MIB);
            grown += message.capacity() == before ? 0 : 1;

            assertThat(message.capacity()).isLessThanOrEqualTo(2 * message.size());
            assertThat(total.bytes()).isEqualTo(ObjectSize.ofBytes(message.capacity()));
        }
        assertThat(message.array()).hasSize(MIB);
        assertThat(grown).isLessThanOrEqualTo(11);
        message.release();
        assertThat(total.bytes()).isZero();
    }

    @Test
    void shouldGrowForPiecesOfOneByteAndStopAtTheMaximum() {
        IncomingBytes message = new IncomingBytes(total);
        int grown = 0;
        for (int i = 0; i < MIB; i++) {
            int before = message.capacity();
            message.append(new byte[] {(byte) i}, 0, 1, MIB);
            grown += message.capacity() == before ? 0 : 1;
        }
        assertThat(message.size()).isEqualTo(MIB);
        assertThat(message.capacity()).isEqualTo(MIB);
        assertThat(grown).isLessThanOrEqualTo(21);
        assertThat(message.array()[MIB - 2]).isEqualTo((byte) (MIB - 2));
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndHoldNothingOfIt() {
        IncomingBytes other = new IncomingBytes(total);
        assertThat(other.append(new byte[MIB], 0, MIB, MIB)).isTrue();
        IncomingBytes message = new IncomingBytes(total);
        assertThat(message.append(new byte[MIB / 2], 0, MIB / 2, MIB)).isTrue();
        assertThat(message.append(new byte[MIB / 2], 0, MIB / 2, MIB)).isTrue();

        IncomingBytes refused = new IncomingBytes(total);
        assertThat(refused.append(new byte[5000], 0, 5000, MIB)).isFalse();
        assertThat(refused.capacity()).isZero();
        assertThat(total.bytes()).isEqualTo(2 * ARRAY_BYTES);
        assertThat(total.refused()).isEqualTo(1);

        message.release();
        assertThat(refused.append(new byte[5000], 0, 5000, MIB)).isTrue();
    }

    @Test
    void shouldAlwaysTakeSmallMessages() {
        total.add(2 * ARRAY_BYTES);
        IncomingBytes small = new IncomingBytes(total);
        for (int i = 0; i < 4096; i++) {
            assertThat(small.append(new byte[1], 0, 1, MIB)).isTrue();
        }
        assertThat(small.capacity()).isEqualTo(4096);
        assertThat(small.append(new byte[1], 0, 1, MIB)).isFalse();
        assertThat(total.bytes()).isEqualTo(2 * ARRAY_BYTES);
    }
}
