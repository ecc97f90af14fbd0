package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ws://127.0.0.1:1987/, 127.0.0.1, 1987, /",
        "ws://localhost, localhost, 80, /",
        "WS://host:1/a/b?c=d, host, 1, /a/b?c=d",
        "ws://[::1]:1987, ::1, 1987, /"
    })
    void shouldReadUrls(String url, String host, int port, String path) {
        assertThat(ServerAddress.parse(url)).isEqualTo(new ServerAddress(host, port, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:1987", "http://host/", "wss://host/", "ws://", "ws://a b/"})
    void shouldRefuseUrlsOfOtherForms(String url) {
        assertThatThrownBy(() -> ServerAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + url + "' is not");
    }
}
