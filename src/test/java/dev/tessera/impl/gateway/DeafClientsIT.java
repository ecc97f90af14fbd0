package dev.tessera.impl.gateway;

import static dev.tessera.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that request more replies than the heap of a real server can hold, and do not read them. */
@Tag(Layer.PROCESS)
@Timeout(60)
class DeafClientsIT {

    private static final int HEAP_MIB = 128;
    private static final int DEAF = 60;
    private static final int ASKED_EACH = 40;
    private static final int VALUE_BYTES = 500_000;
    private static final int SMALL_BUFFER_BYTES = 4096;

    @Test
    void shouldNotHarmOtherClients() throws Exception {
        List<RawSocket> deaf = new ArrayList<>();
        try (ServerProcess server = ServerProcess.command()
                        .jvm("-Xmx" + HEAP_MIB + "m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError")
                        .start()
                        .awaitReady();
                TextSocket other = TextSocket.connect(server.port())) {
            String token = other.ask("""
                    {"SH_NEW":{"name":"n"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
            String value = "\"" + "x".repeat(VALUE_BYTES) + "\"";
            String get = """
                    {"KV_GET":{"tkn":%s,"keys":["big"]}}""".formatted(token);
            String got = """
                    {"KV_GET_RSP":{"tkn":%s,"keys":{"big":%s}}}""".formatted(token, value);
            assertThat(other.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"big":%s}}}""".formatted(token, value))).contains("\"big\":20");

            for (int i = 0; i < DEAF; i++) {
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES);
                deaf.add(socket);
                socket.sendTimes(ASKED_EACH, text(get));
                assertThat(other.ask(count(token))).isEqualTo("""
                                {"KV_COUNT_RSP":{"tkn":%s,"st":1,"cnt":1}}""".formatted(token));
            }

            assertThat(server.awaitOutput("Dropping the connection of .*").group())
                    .contains(" bytes of answers wait for it to read", "; limits.maxUnsent");
            assertThat(other.ask(count(token))).contains("\"cnt\":1");
            deaf.forEach(RawSocket::close);
            while (!Http.get(server.managementPort(), "/metrics").body().contains("\ntessera_connections 1.0\n")) {
                assertThat(other.ask(count(token))).contains("\"cnt\":1");
            }
            assertThat(other.ask(get)).isEqualTo(got);
            assertThat(server.isAlive()).isTrue();
            assertThat(server.output()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
        } finally {
            deaf.forEach(RawSocket::close);
        }
    }

    private static String count(String token) {
        return """
                {"KV_COUNT":{"tkn":%s}}""".formatted(token);
    }
}
