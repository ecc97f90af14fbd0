package dev.tessera.impl.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostAndPortTest {

    @Test
    void shouldPutBracketsAroundIpv6Only() {
        assertThat(HostAndPort.format("127.0.0.1", 1987)).isEqualTo("127.0.0.1:1987");
        assertThat(HostAndPort.format("::1", 1987)).isEqualTo("[::1]:1987");
    }
}
