package dev.tessera.impl.gateway.websocket;

import static dev.tessera.testing.ClientFrames.CLOSE;
import static dev.tessera.testing.ClientFrames.CONTINUATION;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.close;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.RawSocket.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The extension permessage-deflate: negotiation, messages in both directions, and messages that inflate too far. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class CompressionTest {

    private static final int RSV1 = 0x40;
    private static final int MAX_PAYLOAD_BYTES = 1024 * 1024;
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

    /** The end of a flush of deflated bytes, which a message leaves out. */
    private static final byte[] FLUSH = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private TestServer server;
    private RawSocket client;

    @BeforeEach
    void openCompressed(Vertx vertx) throws Exception {
        WebSocketOptions options = WebSocketOptions.defaults()
                .withCompression(true)
                .withMaxPayloadBytes(MAX_PAYLOAD_BYTES)
                .withCloseTimeoutMs(600_000);
        server = TestServer.start(vertx, options, new HttpServerOptions(), peer -> {
            peer.echo();
            peer.whenTooLarge(link -> {
                Peer.write(link, "too large");
                link.close(CloseStatus.MESSAGE_TOO_BIG, "");
            });
        });
        client = RawSocket.connect(server.port());
    }

    @AfterEach
    void closeBoth() throws Exception {
        client.close();
        server.close();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(bytes);
        byte[] out = new byte[bytes.length / 500 + bytes.length % 500 * 2 + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - FLUSH.length);
    }

    private static String inflate(Frame frame) throws Exception {
        if ((frame.first() & RSV1) == 0) {
            return frame.text();
        }
        Inflater inflater = new Inflater(true);
        inflater.setInput(ClientFrames.concat(frame.payload(), FLUSH));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[64 * 1024];
        for (int count; (count = inflater.inflate(part)) > 0; ) {
            all.write(part, 0, count);
        }
        inflater.end();
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldNegotiateAndSpeakCompressed() throws Exception {
        client.send(RawSocket.handshake(OFFER), frame(FIN | RSV1 | TEXT, deflate(utf8("early"))));
        assertThat(client.readHead())
                .contains("101")
                .containsIgnoringCase("sec-websocket-extensions: permessage-deflate\r\n");

        Frame first = client.readFrame();
        assertThat(first.first()).isEqualTo(FIN | RSV1 | TEXT);
        assertThat(inflate(first)).isEqualTo("early");
    }

    @Test
    void shouldTakeUncompressedAndFragmentedMessagesToo() throws Exception {
        client.shakeHands(OFFER, "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover");
        byte[] deflated = deflate(utf8("in two fragments"));
        client.send(text("plain"));
        client.send(
                frame(RSV1 | TEXT, Arrays.copyOf(deflated, 7)),
                frame(FIN | CONTINUATION, Arrays.copyOfRange(deflated, 7, deflated.length)));

        assertThat(inflate(client.readFrame())).isEqualTo("plain");
        client.readFrame();
        Peer peer = server.accepted();
        assertThat(peer.nextEvent()).isEqualTo("plain");
        assertThat(peer.nextEvent()).isEqualTo("in two fragments");
    }

    @Test
    void shouldTakeAMessageWhoseFirstBytesInflateToNothing() throws Exception {
        client.shakeHands(OFFER);
        byte[] deflated = deflate(utf8("one byte after the other"));
        client.sendInPieces(frame(FIN | RSV1 | TEXT, deflated), 1);
        client.send(
                frame(RSV1 | TEXT, Arrays.copyOf(deflated, 1)),
                frame(FIN | CONTINUATION, Arrays.copyOfRange(deflated, 1, deflated.length)));

        assertThat(inflate(client.readFrame())).isEqualTo("one byte after the other");
        client.readFrame();
        Peer peer = server.accepted();
        assertThat(peer.nextEvent()).isEqualTo("one byte after the other");
        assertThat(peer.nextEvent()).isEqualTo("one byte after the other");
    }

    @Test
    void shouldTakeTheLargestMessage() throws Exception {
        client.shakeHands(OFFER);
        String largest = "z".repeat(MAX_PAYLOAD_BYTES);
        client.send(frame(FIN | RSV1 | TEXT, deflate(utf8(largest))));

        assertThat(inflate(client.readFrame())).isEqualTo(largest);
    }

    @Test
    void shouldRefuseOneByteMore() throws Exception {
        client.shakeHands(OFFER);
        client.send(frame(FIN | RSV1 | TEXT, deflate(new byte[MAX_PAYLOAD_BYTES + 1])));

        shouldHearOfTooLarge();
    }

    @Test
    void shouldNotInflateABomb() throws Exception {
        client.shakeHands(OFFER);
        byte[] bomb = deflate(new byte[512 * 1024 * 1024]);
        assertThat(bomb).hasSizeLessThan(MAX_PAYLOAD_BYTES);
        client.send(frame(FIN | RSV1 | TEXT, bomb), frame(FIN | RSV1 | TEXT, bomb));

        shouldHearOfTooLarge();
    }

    @Test
    void shouldNotInflateABombInFragments() throws Exception {
        client.shakeHands(OFFER);
        byte[] part = deflate(new byte[MAX_PAYLOAD_BYTES - 1]);
        client.send(frame(RSV1 | TEXT, ClientFrames.concat(part, FLUSH)), frame(FIN | CONTINUATION, part));

        shouldHearOfTooLarge();
    }

    private void shouldHearOfTooLarge() throws Exception {
        assertThat(inflate(client.readFrame())).isEqualTo("too large");
        assertThat(client.readFrame().closeStatus()).isEqualTo(1009);
        client.send(text("crossed"), close(1009, ""));
        assertThat(client.isAtEnd()).isTrue();
        assertThat(server.accepted().nextEvent()).isEqualTo(Peer.TOO_LARGE);
    }

    @Test
    void shouldCloseWith1007WhenBytesAreNotCompressed() throws Exception {
        client.shakeHands(OFFER);
        client.send(frame(FIN | RSV1 | TEXT, utf8("not deflated")));

        assertThat(client.readFrame().closeStatus()).isEqualTo(1007);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void shouldRefuseReservedBitsThatWereNotNegotiated() throws Exception {
        client.shakeHands(OFFER);
        client.send(frame(FIN | 0x20 | TEXT, utf8("a")));

        assertThat(client.readFrame().closeStatus()).isEqualTo(1002);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void shouldUseOurOwnCodecWithPeersThatDoNotOfferIt() throws Exception {
        client.send(RawSocket.handshake("Sec-WebSocket-Extensions: x-unknown"));
        assertThat(client.readHead()).contains("101").doesNotContainIgnoringCase("sec-websocket-extensions");
        client.send(frame(FIN | RSV1 | TEXT, deflate(utf8("a"))));

        Frame answer = client.readFrame();
        assertThat(answer.opcode()).isEqualTo(CLOSE);
        assertThat(answer).hasToString("88 1002 reserved bit set");
    }
}
