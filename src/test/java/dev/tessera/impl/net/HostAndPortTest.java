package dev.tessera.impl.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class HostAndPortTest {

    @Test
    void shouldPutBracketsAroundIpv6Only() {
        assertThat(HostAndPort.format("127.0.0.1", 1987)).isEqualTo("127.0.0.1:1987");
        assertThat(HostAndPort.format("::1", 1987)).isEqualTo("[::1]:1987");
    }
}
