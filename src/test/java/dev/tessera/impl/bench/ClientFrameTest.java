package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class ClientFrameTest {

    private static final int KEY = 0x12_00_FF_81;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 125, 126, 65_535, 65_536, 300_000})
    void shouldMaskEveryByteOfAClientsFrame(int payloadBytes) {
        byte[] payload = payload(payloadBytes);
        ByteBuffer frame = ByteBuffer.allocate(ClientFrame.maskedBytes(payloadBytes));

        ClientFrame.writeMasked(frame, ClientFrame.TEXT, payload, KEY);

        assertThat(frame.remaining()).isZero();
        byte[] bytes = frame.array();
        assertThat(bytes[0]).isEqualTo((byte) 0x81);
        assertThat(bytes[1] & 0x80).isEqualTo(0x80);
        byte[] masked = Arrays.copyOfRange(bytes, bytes.length - payloadBytes, bytes.length);
        byte[] key = ByteBuffer.allocate(4).putInt(KEY).array();
        assertThat(Arrays.copyOfRange(bytes, bytes.length - payloadBytes - 4, bytes.length - payloadBytes))
                .isEqualTo(key);
        for (int i = 0; i < payloadBytes; i++) {
            masked[i] ^= key[i % 4];
        }
        assertThat(masked).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 300_000})
    void shouldReadTheLengthOfAServersFrame(int payloadBytes) {
        ByteBuffer frame = ByteBuffer.allocate(ClientFrame.unmaskedBytes(payloadBytes));

        ClientFrame.writeUnmasked(frame, ClientFrame.TEXT, payload(payloadBytes));

        byte[] bytes = frame.array();
        assertThat(frame.remaining()).isZero();
        assertThat(ClientFrame.payloadBytes(bytes, 0)).isEqualTo(payloadBytes);
        assertThat(ClientFrame.headerBytes(bytes[1])).isEqualTo(bytes.length - payloadBytes);
        assertThat(ClientFrame.opcode(bytes[0])).isEqualTo(ClientFrame.TEXT);
        assertThat(ClientFrame.isFinal(bytes[0])).isTrue();
    }

    @Test
    void shouldRefuseFramesThatNoServerMaySend() {
        byte[] masked = {(byte) 0x81, (byte) 0x80};
        byte[] endless = {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1};

        assertThatThrownBy(() -> ClientFrame.payloadBytes(masked, 0))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("masks");
        assertThatThrownBy(() -> ClientFrame.payloadBytes(endless, 0))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("bytes");
    }

    private static byte[] payload(int bytes) {
        byte[] payload = new byte[bytes];
        new Random(1).nextBytes(payload);
        return payload;
    }
}
