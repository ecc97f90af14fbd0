package dev.tessera.impl.gateway.websocket.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class CloseBodyTest {

    private static int violation(int... values) {
        byte[] bytes = ClientFrames.bytes(values);
        return CloseBody.violation(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void shouldTakeEveryStatusThatMayBeSent(int status) {
        assertThat(violation(status >> 8, status)).isZero();
        byte[] body = CloseBody.encode(status, "why");
        assertThat(CloseBody.status(body, 0, body.length)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 32_767, 32_768, 65_535})
    void shouldRefuseEveryOtherStatus(int status) {
        assertThat(violation(status >> 8, status)).isEqualTo(CloseStatus.PROTOCOL_ERROR);
        assertThatThrownBy(() -> CloseStatus.require(status, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseReasonsThatAreNotUtf8() {
        assertThat(violation(3, 0xE8, 0xC3, 0xA4)).isZero();
        assertThat(violation(3, 0xE8, 0xC0, 0x80)).as("overlong").isEqualTo(CloseStatus.INVALID_PAYLOAD);
        assertThat(violation(3, 0xE8, 0xED, 0xA0, 0x80)).as("surrogate").isEqualTo(CloseStatus.INVALID_PAYLOAD);
        assertThat(violation(3, 0xE8, 0xF4, 0x90, 0x80, 0x80))
                .as("above U+10FFFF")
                .isEqualTo(CloseStatus.INVALID_PAYLOAD);
        assertThat(violation(3, 0xE8, 0xE2, 0x82)).as("cut").isEqualTo(CloseStatus.INVALID_PAYLOAD);
    }

    @Test
    void shouldAnswerNothingWithNothing() {
        assertThat(violation()).isZero();
        assertThat(CloseBody.encode(CloseBody.NO_STATUS, "")).isEmpty();
        assertThat(CloseBody.status(new byte[0], 0, 0)).isEqualTo(CloseBody.NO_STATUS);
    }
}
