package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.http.RawHttp;
import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of WebSockets on the server's port: behind other requests, and with a subprotocol. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class HandshakesTest {

    private static final String COMMAND = """
            {"SH_INFO_ALL":{}}""";

    private static final String REPLY = """
            {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":0,"totalKeys":0}}""";

    private static final byte[] REQUEST = ClientFrames.utf8(RawHttp.post(COMMAND));

    private final Configuration twoLoops = Configuration.defaults().with(Settings.EVENT_LOOPS, 2);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAnswerAHandshakeAfterTheRequestsBeforeIt(boolean ownCodec, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.WEBSOCKET_OWN_CODEC, ownCodec));
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(
                    REQUEST, REQUEST, RawSocket.handshake(), ClientFrames.text(COMMAND), ClientFrames.text(COMMAND));

            for (int i = 0; i < 2; i++) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                assertThat(client.readBody(REPLY.length())).isEqualTo(REPLY);
            }
            client.readHandshake();
            assertThat(client.readText()).isEqualTo(REPLY);
            assertThat(client.readText()).isEqualTo(REPLY);
            assertThat(client.send(ClientFrames.text(COMMAND)).readText()).isEqualTo(REPLY);
        }
    }

    @Test
    void shouldContinueWithHttpAfterAHandshakeThatItRefuses(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops);
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(REQUEST, RawSocket.handshake("Sec-WebSocket-Version: 12"), REQUEST, REQUEST);

            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            client.readBody(REPLY.length());
            String refusal = client.readHead();
            assertThat(refusal).startsWith("HTTP/1.1 426 ");
            client.readBody(contentLength(refusal));
            for (int i = 0; i < 2; i++) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                client.readBody(REPLY.length());
            }
            client.send(REQUEST);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, tessera, true",
        "false, tessera, true",
        "true, 'graphql-ws, tessera', true",
        "true, graphql-ws, false",
        "true, TESSERA, false"
    })
    void shouldSelectTheSubprotocolIfTheClientOffersIt(
            boolean ownCodec, String offered, boolean isSelected, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.WEBSOCKET_OWN_CODEC, ownCodec));
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(RawSocket.handshake("Sec-WebSocket-Protocol: " + offered));

            String head = client.readHead().toLowerCase(Locale.ROOT);
            assertThat(head).startsWith("http/1.1 101 ");
            assertThat(head.contains("sec-websocket-protocol: tessera\r\n")).isEqualTo(isSelected);
            assertThat(client.send(ClientFrames.text(COMMAND)).readText()).isEqualTo(REPLY);
        }
    }

    private static int contentLength(String head) {
        return Integer.parseInt(head.toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: ([0-9]+).*", "$1"));
    }
}
