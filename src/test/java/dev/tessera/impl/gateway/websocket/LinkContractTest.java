package dev.tessera.impl.gateway.websocket;

import static dev.tessera.testing.ClientFrames.BINARY;
import static dev.tessera.testing.ClientFrames.CLOSE;
import static dev.tessera.testing.ClientFrames.CONTINUATION;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.PONG;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.close;
import static dev.tessera.testing.ClientFrames.concat;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.ping;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.gateway.websocket.codec.CodecLink;
import dev.tessera.impl.gateway.websocket.vertx.VertxLink;
import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.RawSocket.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** The promises of {@link WebSocketLink} and {@link WebSocketListener}, on each frame code, over real sockets. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class LinkContractTest {

    private static final int MAX_PAYLOAD_BYTES = 1024 * 1024;

    /** Longer than any test lasts: a test that ends by this timer has failed. */
    private static final long NEVER_MS = 600_000;

    private static WebSocketOptions options(FrameCode code) {
        return WebSocketOptions.defaults()
                .withFrameCode(code)
                .withMaxPayloadBytes(MAX_PAYLOAD_BYTES)
                .withCloseTimeoutMs(NEVER_MS);
    }

    private static TestServer serve(Vertx vertx, FrameCode code, Consumer<Peer> onOpen) {
        return TestServer.start(vertx, options(code), new HttpServerOptions(), onOpen);
    }

    private static TestServer serveEcho(Vertx vertx, FrameCode code) {
        return serve(vertx, code, Peer::echo);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOverMessagesInOrder(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            List<String> sent = IntStream.range(0, 500)
                    .mapToObj(i -> "message " + i + "x".repeat(i))
                    .toList();
            client.send(sent.stream().map(ClientFrames::text).toArray(byte[][]::new));

            for (String text : sent) {
                assertThat(client.readText()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeFramesCutAnywhere(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            String large = "large".repeat(14_000);
            client.sendInPieces(concat(text("one"), text(""), text("two".repeat(100))), 1);
            client.sendInPieces(concat(text(large), text("three")), 1_000);

            assertThat(client.readText()).isEqualTo("one");
            assertThat(client.readText()).isEmpty();
            assertThat(client.readText()).isEqualTo("two".repeat(100));
            assertThat(client.readText()).isEqualTo(large);
            assertThat(client.readText()).isEqualTo("three");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeMessagesThatFollowTheHandshakeInTheSamePacket(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.connect(server.port())) {
            byte[] last = text("cut off");
            client.send(RawSocket.handshake(), text("first"), text("second"), Arrays.copyOf(last, 5));
            client.readHandshake();
            client.send(Arrays.copyOfRange(last, 5, last.length));

            assertThat(client.readText()).isEqualTo("first");
            assertThat(client.readText()).isEqualTo("second");
            assertThat(client.readText()).isEqualTo("cut off");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetTheListenerWriteWhenTheLinkOpens(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, options(code), link -> {
                    Peer.write(link, "welcome");
                    link.flush();
                    return new Peer(link);
                });
                RawSocket client = RawSocket.open(server.port())) {
            assertThat(client.readText()).isEqualTo("welcome");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteEveryLength(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 65_537, MAX_PAYLOAD_BYTES}) {
                String text = "y".repeat(length);
                client.send(text(text));
                assertThat(client.readText()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldJoinFragmentsAndAnswerPingsBetweenThem(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            String half = "half".repeat(50_000);
            client.send(
                    frame(TEXT, utf8("one ")),
                    ping("now"),
                    frame(CONTINUATION, utf8("")),
                    frame(CONTINUATION, utf8(half)));
            client.send(frame(FIN | PONG, utf8("unasked")), frame(FIN | CONTINUATION, utf8(" end")), text("next"));

            List<String> answers = List.of(
                    client.readFrame().toString(),
                    client.readFrame().toString(),
                    client.readFrame().toString());
            assertThat(answers).containsExactlyInAnyOrder("8a now", "81 one " + half + " end", "81 next");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportBinaryMessagesOnce(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            client.send(
                    frame(FIN | BINARY, new byte[10]),
                    frame(BINARY, new byte[0]),
                    frame(CONTINUATION, new byte[70_000]),
                    frame(FIN | CONTINUATION, new byte[1]),
                    text("last"));

            Peer peer = server.accepted();
            assertThat(peer.nextEvent()).isEqualTo(Peer.BINARY);
            assertThat(peer.nextEvent()).isEqualTo(Peer.BINARY);
            assertThat(peer.nextEvent()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportTheEndOfAReadEventAfterItsMessages(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {});
                RawSocket client = RawSocket.open(server.port())) {
            Peer peer = server.accepted();
            client.send(text("a"), text("b"), text("c"));

            List<String> events = new ArrayList<>();
            while (!events.contains("c")) {
                events.add(peer.nextOfAll());
            }
            assertThat(peer.nextOfAll()).isEqualTo(Peer.READ_COMPLETE);
            // Three messages in one packet: one event, or one for each packet that the kernel made of it.
            assertThat(events).containsSubsequence("a", "b", "c").hasSizeLessThanOrEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportAMessageOverTheMaximumByItsHeader(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {});
                RawSocket client = RawSocket.open(server.port())) {
            client.send(text("before"), ClientFrames.header(FIN | TEXT, MAX_PAYLOAD_BYTES + 1));

            Peer peer = server.accepted();
            assertThat(peer.nextEvent()).isEqualTo("before");
            assertThat(peer.nextEvent()).isEqualTo(Peer.TOO_LARGE);
            peer.await(Peer.READ_COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportAMessageThatGrowsOverTheMaximum(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {});
                RawSocket client = RawSocket.open(server.port())) {
            byte[] half = new byte[MAX_PAYLOAD_BYTES / 2];
            client.send(
                    frame(TEXT, half),
                    frame(CONTINUATION, half),
                    frame(FIN | CONTINUATION, new byte[1]),
                    text("after"));

            Peer peer = server.accepted();
            assertThat(peer.nextEvent()).isEqualTo(Peer.TOO_LARGE);
            peer.await(Peer.READ_COMPLETE);
            client.shutOutput();
            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachAPeerThatGoesOnSendingATooLargeMessage(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {
                    peer.echo();
                    peer.whenTooLarge(link -> {
                        Peer.write(link, "too large");
                        link.close(CloseStatus.MESSAGE_TOO_BIG, "at most " + MAX_PAYLOAD_BYTES);
                    });
                });
                RawSocket client = RawSocket.open(server.port())) {
            client.send(text("before"), ClientFrames.header(FIN | TEXT, 64 * MAX_PAYLOAD_BYTES));
            for (int i = 0; i < 64; i++) {
                client.send(new byte[MAX_PAYLOAD_BYTES]);
            }

            assertThat(client.readText()).isEqualTo("before");
            assertThat(client.readText()).isEqualTo("too large");
            assertThat(client.readFrame()).hasToString("88 1009 at most 1048576");
            client.send(close(1009, ""));
            assertThat(client.isAtEnd()).isTrue();
            client.shutOutput();
            server.accepted().await(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerPings(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {});
                RawSocket client = RawSocket.open(server.port())) {
            client.send(ping(""), ping("p".repeat(125)));

            assertThat(client.readFrame()).hasToString("8a ");
            assertThat(client.readFrame()).hasToString("8a " + "p".repeat(125));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendPingsAndReportTheirAnswer(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {});
                RawSocket client = RawSocket.open(server.port())) {
            Peer peer = server.accepted();
            peer.run(WebSocketLink::ping);

            assertThat(client.readFrame()).hasToString("89 ");
            client.send(frame(FIN | PONG, new byte[0]));
            assertThat(peer.nextOfAll()).isEqualTo(Peer.READ_COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerAPeersCloseFrameAfterTheMessagesBeforeIt(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            client.send(text("last words"), close(4_321, "bye"), text("unheard"));

            assertThat(client.readText()).isEqualTo("last words");
            assertThat(client.readFrame().closeStatus()).isEqualTo(4_321);
            assertThat(client.isAtEnd()).isTrue();
            Peer peer = server.accepted();
            assertThat(peer.nextEvent()).isEqualTo("last words");
            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerACloseFrameWithoutStatus(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            client.send(frame(FIN | CLOSE, new byte[0]));

            assertThat(client.readFrame().opcode()).isEqualTo(CLOSE);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseAfterTheWrittenMessagesAndWaitForTheAnswer(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {});
                RawSocket client = RawSocket.open(server.port())) {
            Peer peer = server.accepted();
            peer.run(link -> {
                Peer.write(link, "farewell");
                link.close(CloseStatus.GOING_AWAY, "draining");
                link.close(CloseStatus.NORMAL, "a second call does nothing");
                Peer.write(link, "unsaid");
                link.flush();
            });
            assertThat(client.readText()).isEqualTo("farewell");
            assertThat(client.readFrame()).hasToString("88 1001 draining");
            client.send(text("crossed the close frame"), close(1001, ""));

            assertThat(client.isAtEnd()).isTrue();
            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropAPeerThatDoesNotAnswerTheCloseFrame(FrameCode code, Vertx vertx) throws Exception {
        WebSocketOptions options = options(code).withCloseTimeoutMs(50);
        try (TestServer server = TestServer.start(vertx, options);
                RawSocket client = RawSocket.open(server.port())) {
            Peer peer = server.accepted();
            peer.run(link -> link.close(CloseStatus.NORMAL, ""));

            assertThat(client.readFrame()).hasToString("88 1000 ");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseCloseFramesThatMayNotBeSent(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code);
                RawSocket client = RawSocket.open(server.port())) {
            Peer peer = server.accepted();
            assertThatThrownBy(() -> peer.run(link -> link.close(1005, "")))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> peer.run(link -> link.close(1000, "r".repeat(124))))
                    .hasCauseInstanceOf(IllegalArgumentException.class);

            client.send(text("still open"));
            assertThat(client.readText()).isEqualTo("still open");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldBackMessagesFromPauseToResume(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(
                        vertx,
                        code,
                        peer -> peer.whenText((link, text) -> {
                            if (text.startsWith("pause")) {
                                link.pause();
                            }
                        }));
                RawSocket client = RawSocket.open(server.port())) {
            Peer peer = server.accepted();
            client.send(text("pause 1"), text("a"), text("pause 2"), text("b"), ping("c"), text("d".repeat(70_000)));
            assertThat(peer.nextEvent()).isEqualTo("pause 1");
            assertThat(peer.nextOfAll()).isEqualTo(Peer.READ_COMPLETE);
            client.send(text("later"));
            assertThat(peer.call(peer::eventsSoFar)).isEmpty();

            peer.run(WebSocketLink::resume);
            assertThat(peer.nextEvent()).isEqualTo("a");
            assertThat(peer.nextEvent()).isEqualTo("pause 2");
            assertThat(peer.nextOfAll()).isEqualTo(Peer.READ_COMPLETE);

            peer.run(WebSocketLink::resume);
            assertThat(peer.nextEvent()).isEqualTo("b");
            assertThat(peer.nextEvent()).isEqualTo("d".repeat(70_000));
            assertThat(peer.nextEvent()).isEqualTo("later");
            peer.await(Peer.READ_COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOverEveryMessageHoweverTheListenerPausesAndResumes(FrameCode code, Vertx vertx) throws Exception {
        Random random = new Random(7);
        try (TestServer server = serve(vertx, code, peer -> {
                    peer.whenText((link, text) -> pauseOrResume(link, random));
                    peer.whenReadComplete(link -> pauseOrResume(link, random));
                });
                RawSocket client = RawSocket.open(server.port())) {
            List<String> sent = IntStream.range(0, 20_000)
                    .mapToObj(i -> i + "x".repeat(i % 50))
                    .toList();
            client.send(sent.stream().map(ClientFrames::text).toArray(byte[][]::new));

            Peer peer = server.accepted();
            for (String text : sent) {
                assertThat(peer.nextEvent()).isEqualTo(text);
            }
        }
    }

    /** Pauses, resumes, or both; a later turn resumes in any case. */
    private static void pauseOrResume(WebSocketLink link, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextBoolean()) {
                link.pause();
            } else {
                link.resume();
            }
        }
        Vertx.currentContext().runOnContext(later -> link.resume());
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopReadingWhilePaused(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code, peer -> {});
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            RawSocket.of(channel.socket()).shakeHands();
            Peer peer = server.accepted();
            peer.run(WebSocketLink::pause);
            byte[] message = text("m".repeat(100_000));
            long sentBytes = 0;
            ByteBuffer unsent = ByteBuffer.wrap(message);
            channel.configureBlocking(false);
            for (int refusals = 0; refusals < 100; ) {
                int count = channel.write(unsent);
                sentBytes += count;
                if (count > 0) {
                    refusals = 0;
                } else {
                    // The kernels' buffers are full. A server that reads would empty them in one of these turns.
                    refusals++;
                    peer.run(link -> {});
                }
                if (!unsent.hasRemaining()) {
                    unsent.rewind();
                }
            }
            assertThat(sentBytes).isLessThan(64_000_000);
            assertThat(peer.call(peer::eventsSoFar)).isEmpty();

            peer.run(WebSocketLink::resume);
            channel.configureBlocking(true);
            while (unsent.hasRemaining()) {
                sentBytes += channel.write(unsent);
            }
            for (long i = 0; i < sentBytes / message.length; i++) {
                assertThat(peer.nextEvent()).hasSize(100_000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportThatAPeerDoesNotReadAndThatItReadsAgain(FrameCode code, Vertx vertx) throws Exception {
        HttpServerOptions http = new HttpServerOptions().setSendBufferSize(16 * 1024);
        try (TestServer server = TestServer.start(vertx, options(code), http, peer -> {});
                RawSocket client = RawSocket.connect(server.port(), 4 * 1024).shakeHands()) {
            Peer peer = server.accepted();
            String text = "w".repeat(100_000);
            int written = 0;
            while (peer.isWritable() || peer.unsentBytes() < 1_000_000) {
                peer.run(link -> {
                    Peer.write(link, text);
                    link.flush();
                });
                written++;
            }
            assertThat(peer.unsentBytes()).isBetween(1_000_000L, written * 100_200L);

            for (int i = 0; i < written; i++) {
                assertThat(client.readText()).isEqualTo(text);
            }
            peer.await(Peer.WRITABLE);
            assertThat(peer.isWritable()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAbortAPeerThatDoesNotRead(FrameCode code, Vertx vertx) throws Exception {
        HttpServerOptions http = new HttpServerOptions().setSendBufferSize(16 * 1024);
        try (TestServer server = TestServer.start(vertx, options(code), http, peer -> {});
                RawSocket client = RawSocket.connect(server.port(), 4 * 1024).shakeHands()) {
            Peer peer = server.accepted();
            String text = "w".repeat(100_000);
            while (peer.isWritable()) {
                peer.run(link -> {
                    Peer.write(link, text);
                    link.flush();
                });
            }
            peer.run(WebSocketLink::abort);

            peer.await(Peer.CLOSED);
            peer.run(link -> {
                link.writeText(utf8(text), 0, 1);
                link.flush();
                link.ping();
                link.pause();
                link.resume();
                link.close(CloseStatus.NORMAL, "");
                link.abort();
                assertThat(link.isWritable()).isFalse();
                assertThat(link.unsentBytes()).isZero();
                assertThat(link.remoteAddress().hostAddress()).isEqualTo("127.0.0.1");
            });
            assertThat(peer.eventsSoFar()).isEmpty();
            assertThat(client).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropAPeerThatNeitherReadsNorAnswersTheCloseFrame(FrameCode code, Vertx vertx) throws Exception {
        HttpServerOptions http = new HttpServerOptions().setSendBufferSize(16 * 1024);
        try (TestServer server = TestServer.start(vertx, options(code).withCloseTimeoutMs(50), http, peer -> {});
                RawSocket client = RawSocket.connect(server.port(), 4 * 1024).shakeHands()) {
            Peer peer = server.accepted();
            peer.run(link -> {
                Peer.write(link, "w".repeat(8_000_000));
                link.close(CloseStatus.NORMAL, "");
            });

            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
            assertThat(client).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBoundAnswersToPingsOfAPeerThatDoesNotRead(FrameCode code, Vertx vertx) throws Exception {
        int pings = 60_000;
        HttpServerOptions http = new HttpServerOptions().setSendBufferSize(16 * 1024);
        try (TestServer server = TestServer.start(vertx, options(code), http, peer -> {});
                RawSocket client = RawSocket.connect(server.port(), 4 * 1024).shakeHands()) {
            byte[][] flood = new byte[1_000][];
            for (int i = 0; i < pings; i += flood.length) {
                for (int j = 0; j < flood.length; j++) {
                    flood[j] = ping("%0120d".formatted(i + j));
                }
                client.send(flood);
            }
            client.send(text("all sent"));
            server.accepted().await("all sent");

            String lastPing = "%0120d".formatted(pings - 1);
            int pongs = 0;
            Frame pong;
            do {
                pong = client.readFrame();
                assertThat(pong.opcode()).isEqualTo(PONG);
                pongs++;
            } while (!pong.text().equals(lastPing));
            // 60,000 pongs are 7 MB. The buffers of both kernels and of the channel hold the pongs that were answered.
            assertThat(pongs).isLessThan(pings / 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportOnceThatThePeerHasGone(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serveEcho(vertx, code)) {
            RawSocket resetting = RawSocket.open(server.port());
            resetting.reset();
            assertThat(server.accepted().nextEvent()).isEqualTo(Peer.CLOSED);

            RawSocket ending = RawSocket.open(server.port());
            ending.send(text("half a frame").clone(), new byte[] {(byte) 0x81});
            ending.close();
            Peer peer = server.accepted();
            assertThat(peer.nextEvent()).isEqualTo("half a frame");
            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
            assertThat(peer.call(peer::eventsSoFar)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @ExpectLog(
            from = {CodecLink.class, VertxLink.class},
            level = Level.ERROR,
            message = "listener")
    void shouldCloseWith1011WhenTheListenerThrows(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(
                        vertx,
                        code,
                        peer -> peer.whenText((link, text) -> {
                            throw new IllegalStateException("thrown by a test");
                        }));
                RawSocket client = RawSocket.open(server.port())) {
            client.send(text("any"), text("unheard"));

            assertThat(client.readFrame().closeStatus()).isEqualTo(1011);
            client.send(close(1011, ""));
            assertThat(client.isAtEnd()).isTrue();
            client.shutOutput();
            Peer peer = server.accepted();
            assertThat(peer.nextEvent()).isEqualTo("any");
            assertThat(peer.nextEvent()).isEqualTo(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetTheListenerEndTheConnectionAsItOpens(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(
                vertx, options(code), new HttpServerOptions(), peer -> peer.use(WebSocketLink::abort))) {
            RawSocket client = RawSocket.connect(server.port());
            client.send(RawSocket.handshake());
            assertThat(server.accepted().nextEvent()).isEqualTo(Peer.CLOSED);
            client.close();
        }
        try (TestServer server = TestServer.start(
                        vertx,
                        options(code),
                        new HttpServerOptions(),
                        peer -> peer.use(link -> link.close(CloseStatus.TRY_AGAIN_LATER, "full")));
                RawSocket client = RawSocket.open(server.port())) {
            assertThat(client.readFrame()).hasToString("88 1013 full");
            client.send(close(1013, ""));
            assertThat(client.isAtEnd()).isTrue();
            assertThat(server.accepted().nextEvent()).isEqualTo(Peer.CLOSED);
        }
    }
}
