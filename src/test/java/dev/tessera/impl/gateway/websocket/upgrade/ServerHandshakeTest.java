package dev.tessera.impl.gateway.websocket.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.gateway.websocket.FrameCode;
import dev.tessera.impl.gateway.websocket.Peer;
import dev.tessera.impl.gateway.websocket.TestServer;
import dev.tessera.impl.gateway.websocket.WebSocketOptions;
import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The opening handshake, right and wrong, on each frame code. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ServerHandshakeTest {

    private static final String GET = "GET / HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\n";
    private static final String CONNECTION = "Connection: Upgrade\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";

    static Stream<Arguments> refused() {
        return onEachCode(
                Arguments.of(
                        405,
                        "POST / HTTP/1.1\r\n" + HOST + UPGRADE + CONNECTION + KEY + VERSION + "Content-Length: 0\r\n"),
                Arguments.of(405, "HEAD / HTTP/1.1\r\n" + HOST + UPGRADE + CONNECTION + KEY + VERSION),
                Arguments.of(400, "GET / HTTP/1.0\r\n" + HOST + UPGRADE + CONNECTION + KEY + VERSION),
                Arguments.of(426, GET + HOST),
                Arguments.of(426, GET + HOST + CONNECTION + KEY + VERSION),
                Arguments.of(426, GET + HOST + "Upgrade: websockets\r\n" + CONNECTION + KEY + VERSION),
                Arguments.of(400, GET + HOST + UPGRADE + KEY + VERSION),
                Arguments.of(400, GET + HOST + UPGRADE + "Connection: keep-alive, no-upgrade\r\n" + KEY + VERSION),
                Arguments.of(426, GET + HOST + UPGRADE + CONNECTION + KEY),
                Arguments.of(426, GET + HOST + UPGRADE + CONNECTION + KEY + "Sec-WebSocket-Version: 8\r\n"),
                Arguments.of(426, GET + HOST + UPGRADE + CONNECTION + KEY + "Sec-WebSocket-Version: 13, 8\r\n"),
                Arguments.of(400, GET + HOST + UPGRADE + CONNECTION + VERSION),
                Arguments.of(400, GET + HOST + UPGRADE + CONNECTION + VERSION + "Sec-WebSocket-Key: \r\n"),
                Arguments.of(400, GET + HOST + UPGRADE + CONNECTION + VERSION + "Sec-WebSocket-Key: not base64!\r\n"),
                Arguments.of(
                        400,
                        GET + HOST + UPGRADE + CONNECTION + VERSION + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA\r\n"),
                Arguments.of(400, GET + HOST + UPGRADE + CONNECTION + VERSION + KEY + KEY),
                Arguments.of(400, GET + UPGRADE + CONNECTION + KEY + VERSION),
                Arguments.of(400, GET + HOST + UPGRADE + CONNECTION + KEY + VERSION + "Content-Length: 3\r\n"),
                Arguments.of(
                        400, GET + HOST + UPGRADE + CONNECTION + KEY + VERSION + "Transfer-Encoding: chunked\r\n"));
    }

    static Stream<Arguments> accepted() {
        return onEachCode(
                Arguments.of(101, GET + HOST + UPGRADE + CONNECTION + KEY + VERSION),
                Arguments.of(
                        101,
                        GET + HOST + "upgrade: h2c, WebSocket\r\n" + "connection: keep-alive, UPGRADE\r\n" + KEY
                                + VERSION),
                Arguments.of(101, GET + HOST + UPGRADE + "Connection: keep-alive\r\n" + CONNECTION + KEY + VERSION),
                Arguments.of(101, GET + HOST + UPGRADE + CONNECTION + KEY + VERSION + "Content-Length: 0\r\n"),
                Arguments.of(
                        101,
                        GET + HOST + UPGRADE + CONNECTION + KEY + VERSION + "Sec-WebSocket-Protocol: chat\r\n"
                                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));
    }

    private static Stream<Arguments> onEachCode(Arguments... requests) {
        return Arrays.stream(FrameCode.values())
                .flatMap(code ->
                        Arrays.stream(requests).map(request -> Arguments.of(code, request.get()[0], request.get()[1])));
    }

    private static TestServer serve(Vertx vertx, FrameCode code) {
        return TestServer.start(
                vertx, WebSocketOptions.defaults().withFrameCode(code), new HttpServerOptions(), Peer::echo);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseWrongHandshakes(FrameCode code, int status, String request, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(ClientFrames.utf8(request + "\r\n"));

            String head = client.readHead().toLowerCase(Locale.ROOT);
            assertThat(head).startsWith("http/1." + (request.contains("HTTP/1.0") ? 0 : 1) + " " + status + " ");
            if (status == 405) {
                assertThat(head).contains("allow: get");
            } else if (status == 426) {
                assertThat(head).contains("sec-websocket-version: 13", "upgrade: websocket", "connection: upgrade");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void shouldAcceptEveryFormOfAHandshake(FrameCode code, int status, String request, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(ClientFrames.utf8(request + "\r\n"));

            String head = client.readHead().toLowerCase(Locale.ROOT);
            assertThat(head)
                    .startsWith("http/1.1 " + status + " ")
                    .contains("upgrade: websocket\r\n", "connection: upgrade\r\n")
                    .contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n")
                    .doesNotContain("sec-websocket-protocol", "sec-websocket-extensions", "content-length");
            client.send(ClientFrames.text("hello"));
            assertThat(client.readText()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeHttpOnAConnectionUntilItIsAWebSocket(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(ClientFrames.utf8("HEAD / HTTP/1.1\r\n" + HOST + "\r\n"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 405 ");

            client.shakeHands().send(ClientFrames.text("hello"));
            assertThat(client.readText()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldOpenWithHttpCompressionAndWithoutHttp2(FrameCode code, Vertx vertx) throws Exception {
        HttpServerOptions http = new HttpServerOptions()
                .setCompressionSupported(true)
                .setDecompressionSupported(true)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(600);
        try (TestServer server =
                        TestServer.start(vertx, WebSocketOptions.defaults().withFrameCode(code), http, Peer::echo);
                RawSocket client = RawSocket.connect(server.port())) {
            client.send(RawSocket.handshake("Accept-Encoding: gzip"), ClientFrames.text("early"));
            client.readHandshake();
            assertThat(client.readText()).isEqualTo("early");
            client.send(ClientFrames.text("hello"));
            assertThat(client.readText()).isEqualTo("hello");
        }
    }

    @Test
    void shouldProveThatTheKeyWasRead() {
        assertThat(ServerHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
