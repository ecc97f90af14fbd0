package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class SessionTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "9223372036854775807", "9223372036854775808", "18446744073709551615"})
    void shouldReturnTheParsedDigits(String digits) {
        assertThat(SessionToken.parse(digits)).hasToString(digits).isEqualTo(SessionToken.parse(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "01", "1.5", "1e3", " 1", "18446744073709551616", "x", "\u0661"})
    void shouldRefuseTextThatIsNoToken(String digits) {
        assertThatThrownBy(() -> SessionToken.parse(digits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeUnsigned() {
        assertThat(new SessionToken(-1)).hasToString("18446744073709551615");
    }
}
