package dev.tessera.impl.gateway.websocket;

import static dev.tessera.testing.ClientFrames.BINARY;
import static dev.tessera.testing.ClientFrames.CLOSE;
import static dev.tessera.testing.ClientFrames.CONTINUATION;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.PING;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.bytes;
import static dev.tessera.testing.ClientFrames.concat;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that break the protocol, and the end of their connection, on each frame code. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ProtocolViolationTest {

    private static final byte[] EMPTY = {};

    private record Case(String name, int status, byte[] bytes) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                        new Case("unmasked frame", 1002, bytes(0x81, 0x01, 'a')),
                        new Case("first reserved bit, without compression", 1002, frame(0xC1, utf8("a"))),
                        new Case("second reserved bit", 1002, frame(0xA1, utf8("a"))),
                        new Case("third reserved bit", 1002, frame(0x91, utf8("a"))),
                        new Case("reserved bit on a control frame", 1002, frame(0xC9, utf8("a"))),
                        new Case("reserved data opcode", 1002, frame(FIN | 0x3, utf8("a"))),
                        new Case("last reserved data opcode", 1002, frame(FIN | 0x7, EMPTY)),
                        new Case("reserved control opcode", 1002, frame(FIN | 0xB, EMPTY)),
                        new Case("last reserved control opcode", 1002, frame(FIN | 0xF, EMPTY)),
                        new Case("continuation of nothing", 1002, frame(FIN | CONTINUATION, utf8("a"))),
                        new Case(
                                "text within a message",
                                1002,
                                concat(frame(TEXT, utf8("a")), frame(FIN | TEXT, utf8("b")))),
                        new Case("binary within a message", 1002, concat(frame(TEXT, EMPTY), frame(BINARY, utf8("b")))),
                        new Case(
                                "continuation after the end",
                                1002,
                                concat(
                                        frame(BINARY, EMPTY),
                                        frame(FIN | CONTINUATION, EMPTY),
                                        frame(FIN | CONTINUATION, EMPTY))),
                        new Case("ping in fragments", 1002, frame(PING, utf8("a"))),
                        new Case("ping of 126 bytes", 1002, frame(FIN | PING, new byte[126])),
                        new Case("close in fragments", 1002, frame(CLOSE, EMPTY)),
                        new Case("short length in two bytes", 1002, bytes(0x81, 0xFE, 0, 125, 1, 2, 3, 4)),
                        new Case(
                                "two-byte length in eight bytes",
                                1002,
                                bytes(0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1, 2, 3, 4)),
                        new Case("negative length", 1002, bytes(0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4)),
                        new Case("close frame of one byte", 1002, frame(FIN | CLOSE, bytes(3))),
                        new Case("close status 0", 1002, ClientFrames.close(0, "")),
                        new Case("close status 999", 1002, ClientFrames.close(999, "")),
                        new Case("close status 1004", 1002, ClientFrames.close(1004, "")),
                        new Case("close status 1005", 1002, ClientFrames.close(1005, "")),
                        new Case("close status 1006", 1002, ClientFrames.close(1006, "")),
                        new Case("close status 1015", 1002, ClientFrames.close(1015, "")),
                        new Case("close status 2999", 1002, ClientFrames.close(2999, "")),
                        new Case("close status 5000", 1002, ClientFrames.close(5000, "")),
                        new Case("close status 65535", 1002, ClientFrames.close(65_535, "")),
                        new Case("close reason not UTF-8", 1007, frame(FIN | CLOSE, bytes(3, 0xE8, 'a', 0xC0, 0x80))),
                        new Case(
                                "close reason cut within a character",
                                1007,
                                frame(FIN | CLOSE, bytes(3, 0xE8, 0xE2, 0x82))))
                .flatMap(wrong -> Arrays.stream(FrameCode.values()).map(code -> Arguments.of(code, wrong)));
    }

    private static TestServer serve(Vertx vertx, FrameCode code) {
        WebSocketOptions options =
                WebSocketOptions.defaults().withFrameCode(code).withCloseTimeoutMs(600_000);
        return TestServer.start(vertx, options, new HttpServerOptions(), Peer::echo);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("violations")
    void shouldAnswerMessagesBeforeTheCloseFrameAndDropTheRest(FrameCode code, Case wrong, Vertx vertx)
            throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            client.send(text("right"), wrong.bytes, text("unheard"));

            assertThat(client.readText()).isEqualTo("right");
            assertThat(client.readFrame().closeStatus()).isEqualTo(wrong.status);
            // The server ends its side although the peer has not answered, because it could not recognize the answer.
            assertThat(client.isAtEnd()).isTrue();
            client.shutOutput();
            Peer peer = server.accepted();
            peer.await(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachAPeerThatGoesOnSending(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            client.send(text("right"), bytes(0x81, 0x01, 'a'));
            for (int i = 0; i < 32; i++) {
                client.send(new byte[1_000_000]);
            }

            assertThat(client.readText()).isEqualTo("right");
            assertThat(client.readFrame().closeStatus()).isEqualTo(1002);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldBackTheEndWhilePaused(FrameCode code, Vertx vertx) throws Exception {
        WebSocketOptions options =
                WebSocketOptions.defaults().withFrameCode(code).withCloseTimeoutMs(600_000);
        try (TestServer server = TestServer.start(
                        vertx, options, new HttpServerOptions(), peer -> peer.whenText((link, text) -> link.pause()));
                RawSocket client = RawSocket.open(server.port())) {
            client.send(text("a"), text("b"), bytes(0x81, 0x01, 'a'));
            Peer peer = server.accepted();
            assertThat(peer.nextEvent()).isEqualTo("a");
            peer.run(WebSocketLink::resume);
            assertThat(peer.nextEvent()).isEqualTo("b");
            peer.run(WebSocketLink::resume);

            assertThat(client.readFrame().closeStatus()).isEqualTo(1002);
            assertThat(client.isAtEnd()).isTrue();
        }
    }
}
