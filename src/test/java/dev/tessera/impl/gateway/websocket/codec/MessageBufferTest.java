package dev.tessera.impl.gateway.websocket.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class MessageBufferTest {

    private static final int MIB = 1024 * 1024;
    private static final int NO_KEY = 0;

    @Test
    void shouldReserveNothingForAnAnnouncement() {
        assertThat(new MessageBuffer(MIB).capacity()).isZero();
    }

    @Test
    void shouldReserveMemoryInProportionToReceivedBytes() {
        MessageBuffer message = new MessageBuffer(MIB);
        byte[] piece = new byte[1_500];
        int grown = 0;
        while (message.size() < MIB) {
            int before = message.capacity();
            message.append(piece, 0, Math.min(piece.length, MIB - message.size()), NO_KEY, MIB, true);
            grown += message.capacity() == before ? 0 : 1;

            assertThat(message.capacity()).isLessThanOrEqualTo(MessageBuffer.COMMIT_RATIO * message.size());
        }
        assertThat(message.bytes()).hasSize(MIB);
        assertThat(grown).isLessThanOrEqualTo(4);
    }

    @Test
    void shouldReserveTheWholeFrameAfterMostOfItHasCome() {
        MessageBuffer message = new MessageBuffer(MIB);

        message.append(new byte[200_000], 0, 200_000, NO_KEY, MIB, true);

        assertThat(message.capacity()).isEqualTo(MIB);
    }

    @Test
    void shouldDoubleForFragmentsAndStopAtTheMaximum() {
        MessageBuffer message = new MessageBuffer(MIB);
        int grown = 0;
        for (int i = 0; i < MIB; i++) {
            int before = message.capacity();
            message.append(new byte[] {(byte) i}, 0, 1, NO_KEY, i + 1, false);
            grown += message.capacity() == before ? 0 : 1;
        }
        assertThat(message.size()).isEqualTo(MIB);
        assertThat(message.capacity()).isEqualTo(MIB);
        assertThat(grown).isLessThanOrEqualTo(21);
        assertThat(message.bytes()[MIB - 2]).isEqualTo((byte) (MIB - 2));
    }
}
