package dev.tessera.impl.gateway;

import static dev.tessera.testing.ClientFrames.CLOSE;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.PING;
import static dev.tessera.testing.ClientFrames.PONG;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.OpenSockets;
import dev.tessera.testing.Pace;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that exceed a limit of the gateway, over real sockets, with our frame codec and with that of Vert.x. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@ParameterizedClass(name = "websocket.ownCodec = {0}")
@ValueSource(booleans = {true, false})
class GatewayLimitsTest {

    private static final int SMALL_BUFFER_BYTES = 4096;
    private static final int BIG_VALUE_BYTES = 500_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Configuration oneLoop;

    GatewayLimitsTest(boolean ownCodec) {
        oneLoop = Configuration.defaults().with(Settings.EVENT_LOOPS, 1).with(Settings.WEBSOCKET_OWN_CODEC, ownCodec);
    }

    @Test
    void shouldAnswerABinaryMessageAndGoOn(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                TextSocket socket = server.connect()) {
            socket.sendBinary("{\"SH_INFO_ALL\":{}}".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.receive()).isEqualTo("""
                            {"ERR":{"st":2,"m":"%s"}}""".formatted(Messages.BINARY_MESSAGE));
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).startsWith("""
                    {"SH_INFO_ALL_RSP":{"st":1""");
        }
    }

    @Test
    void shouldJoinFragments(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                TextSocket socket = server.connect()) {
            socket.sendPart("{\"SH_INFO", false);
            socket.sendPart("", false);
            socket.sendPart("_ALL\":{}}", true);
            assertThat(socket.receive()).startsWith("""
                    {"SH_INFO_ALL_RSP":{"st":1""");
        }
    }

    @Test
    void shouldCloseWith1007OnIllFormedTextAfterAnsweringEarlierMessages(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            socket.sendText("{\"SH_INFO_ALL\":{}}");
            socket.send(frame(FIN | TEXT, new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}));
            socket.sendText("{\"SH_INFO_ALL\":{}}");
            assertThat(socket.readText()).startsWith("""
                    {"SH_INFO_ALL_RSP":{"st":1""");
            RawSocket.Frame close = socket.readFrame();
            assertThat(close.opcode()).isEqualTo(CLOSE);
            assertThat(close.closeStatus()).isEqualTo(1007);
        }
    }

    @Test
    void shouldPreferIllFormedTextOverInvalidJson(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            socket.send(frame(FIN | TEXT, new byte[] {'n', 'o', ' ', (byte) 0xED, (byte) 0xA0, (byte) 0x80}));
            assertThat(socket.readFrame().closeStatus()).isEqualTo(1007);
        }
    }

    @Test
    void shouldTakeUtf8ThatIsSplitOverFragments(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            byte[] message = """
                    {"SH_NEW":{"name":"é😀"}}""".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < message.length; i++) {
                socket.send(frame((i == message.length - 1 ? FIN : 0) | (i == 0 ? TEXT : 0), new byte[] {message[i]}));
            }
            assertThat(socket.readText()).startsWith("""
                    {"SH_NEW_RSP":{"st":1,"name":"é😀\"""");
        }
    }

    @Test
    void shouldAnswer42AndCloseWith1009WhenAMessageIsTooLarge(Vertx vertx) throws Exception {
        Configuration configuration = oneLoop.with(Settings.MAX_PAYLOAD_BYTES, 2048);
        String error = """
                {"ERR":{"st":42,"m":"%s"}}""".formatted(Messages.messageTooLarge(2048));
        try (TestServer server = TestServer.start(vertx, configuration)) {
            String fits = message(2048);
            try (TextSocket socket = server.connect()) {
                assertThat(socket.ask(fits)).startsWith("""
                        {"X_RSP":{"st":10""");
                assertThat(socket.ask(message(2049))).isEqualTo(error);
                assertThat(socket.receive()).isEqualTo("close 1009");
            }
            try (TextSocket socket = server.connect()) {
                socket.sendPart(fits.substring(0, 2000), false);
                socket.sendPart(message(2048), false);
                assertThat(socket.receive()).isEqualTo(error);
                assertThat(socket.receive()).isEqualTo("close 1009");
            }
        }
    }

    private static String message(int bytes) {
        String start = """
                {"X":{"pad":\"""";
        return start + "x".repeat(bytes - start.length() - 3) + "\"}}";
    }

    @Test
    void shouldAnswer202WhenAnAnswerWouldBeTooLarge(Vertx vertx) throws Exception {
        Configuration configuration =
                oneLoop.with(Settings.MAX_PAYLOAD_BYTES, 32_768).with(Settings.MAX_REPLY_BYTES, 131_072);
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            String token = token(socket);
            for (int i = 0; i < 6; i++) {
                socket.send("""
                        {"KV_SETQ":{"tkn":%s,"keys":{"k%s":"%s"}}}""".formatted(token, i, "x".repeat(25_000)));
            }
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["k0","k1","k2","k3","k4","k5"]}}""".formatted(token)))
                    .isEqualTo("""
                            {"KV_GET_RSP":{"st":202,"tkn":%s,"m":"%s"}}""".formatted(token, Messages.answerTooLarge(131072)));
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["k0"]}}""".formatted(token))).contains("xxxx");
        }
    }

    @Test
    void shouldBoundTheDepthOfNesting(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.MAX_DEPTH, 10));
                TextSocket socket = server.connect()) {
            String token = token(socket);
            String fits = "[".repeat(7) + "]".repeat(7);
            assertThat(socket.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"a":%s}}}""".formatted(token, fits))).isEqualTo("""
                            {"KV_SET_RSP":{"tkn":%s,"keys":{"a":20}}}""".formatted(token));
            assertThat(socket.ask("""
                    {"KV_SET":{"tkn":7,"keys":{"a":[%s]}}}""".formatted(fits)))
                    .isEqualTo("""
                                    {"ERR":{"st":3,"m":"%s"}}""".formatted(Messages.notJson("nesting is deeper than 10", 38)));
        }
    }

    @Test
    void shouldAnswerEverythingWhenMoreIsSentThanMayBeInFlight(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.MAX_IN_FLIGHT, 3));
                TextSocket socket = server.connect()) {
            String token = token(socket);
            for (int i = 0; i < 1000; i++) {
                socket.send("""
                        {"KV_SET":{"tkn":%s,"keys":{"k%s":1}}}""".formatted(token, i));
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(socket.receive()).isEqualTo("""
                                {"KV_SET_RSP":{"tkn":%s,"keys":{"k%s":20}}}""".formatted(token, i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2 | bytes | 2", "1 | not JSON | 3", "1 | {\"KV_COUNT\":{\"tkn\":\"7\"}} | 101"})
    void shouldAnswerEveryRefusedMessageOfOneSend(int opcode, String message, int status, Vertx vertx)
            throws Exception {
        int sent = 5_000;
        try (TestServer server = TestServer.start(vertx, oneLoop);
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    socket.sendTimes(sent, frame(FIN | opcode, utf8(message)));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int i = 0; i < sent; i++) {
                assertThat(socket.readText()).contains("{\"st\":" + status + ",");
            }
            sending.get();
            socket.sendText("{\"SH_INFO_ALL\":{}}");
            assertThat(socket.readText()).contains("\"st\":1");
        }
    }

    @Test
    void shouldRefuseUnfinishedMessagesThatDoNotFitTogetherAndGoOn(Vertx vertx) throws Exception {
        int clients = 20;
        int messageBytes = 1_000_000;
        int sentBytes = 600_000;
        byte[] message = text(message(messageBytes));
        byte[] beginning = Arrays.copyOf(message, sentBytes);
        byte[] end = Arrays.copyOfRange(message, sentBytes, message.length);
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.MAX_INCOMING_TOTAL_BYTES, 5_000_000L));
                OpenSockets<RawSocket> sockets = new OpenSockets<>();
                TextSocket other = server.connect()) {
            for (int i = 0; i < clients; i++) {
                sockets.add(RawSocket.open(server.port(), SMALL_BUFFER_BYTES)).send(beginning);
            }
            int refused = 0;
            for (RawSocket socket : sockets) {
                socket.send(end);
                socket.sendText("{\"SH_INFO_ALL\":{}}");
                String answer = socket.readText();
                if (answer.contains("{\"st\":205,")) {
                    assertThat(answer).contains(Messages.NO_ROOM_FOR_MESSAGE);
                    refused++;
                } else {
                    assertThat(answer).startsWith("""
                            {"X_RSP":{"st":10""");
                }
                assertThat(socket.readText()).contains("\"st\":1,");
                assertThat(other.ask(message(4096))).startsWith("""
                        {"X_RSP":{"st":10""");
            }
            assertThat(refused).isBetween(1, clients - 4);
            assertThat(Http.get(server.server().managementPort(), "/metrics").body())
                    .contains("\ntessera_incoming_bytes 0.0\n", "\ntessera_incoming_refused_total " + refused + ".0\n");
            sockets.get(0).send(beginning).send(end);
            assertThat(sockets.get(0).readText()).startsWith("""
                    {"X_RSP":{"st":10""");
        }
    }

    @Test
    void shouldFreeTheMemoryOfUnfinishedMessagesWhenTheirClientsGo(Vertx vertx) throws Exception {
        byte[] beginning = Arrays.copyOf(text(message(1_000_000)), 600_000);
        try (TestServer server = TestServer.start(vertx, oneLoop.with(Settings.MAX_INCOMING_TOTAL_BYTES, 5_000_000L))) {
            for (int i = 0; i < 4; i++) {
                try (RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
                    socket.send(beginning);
                    awaitMetric(server, "tessera_incoming_bytes [1-9].*");
                }
                awaitMetric(server, "tessera_incoming_bytes 0.0");
            }
        }
    }

    /** Reads the metrics again and again, until one of their lines matches. */
    private static void awaitMetric(TestServer server, String line) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String metrics;
        do {
            metrics = Http.get(server.server().managementPort(), "/metrics").body();
            if (metrics.lines().anyMatch(found -> found.matches(line))) {
                return;
            }
        } while (System.nanoTime() < end);
        throw new AssertionError("no metric became " + line + " in\n" + metrics);
    }

    @Test
    @ExpectLog(from = ClientConnection.class, message = "^Dropping")
    void shouldDropAClientThatDoesNotReadAndNotHarmOthers(Vertx vertx) throws Exception {
        Setting<Long> unsent = Settings.MAX_UNSENT_BYTES;
        try (TestServer server = TestServer.start(vertx, oneLoop.with(unsent, 4L * BIG_VALUE_BYTES));
                RawSocket deaf = RawSocket.open(server.port(), SMALL_BUFFER_BYTES);
                TextSocket other = server.connect()) {
            String token = token(other);
            String big = """
                            {"KV_SET":{"tkn":%s,"keys":{"big":"%s"}}}""".formatted(token, "x".repeat(BIG_VALUE_BYTES));
            assertThat(other.ask(big)).contains("\"big\":20");
            String get = """
                    {"KV_GET":{"tkn":%s,"keys":["big"]}}""".formatted(token);
            sendUntilDropped(deaf, get, 200);
            int answers = 0;
            while (deaf.readFrameOrNull() != null) {
                answers++;
                assertThat(other.ask("""
                        {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":1");
            }
            assertThat(answers).isLessThan(200);
            assertThat(other.ask(get)).hasSizeGreaterThan(BIG_VALUE_BYTES);
        }
    }

    @Test
    @ExpectLog(from = ClientConnection.class, message = "^Dropping")
    void shouldDropClientsThatTogetherDoNotReadTooMuch(Vertx vertx) throws Exception {
        int asked = 40;
        try (TestServer server =
                        TestServer.start(vertx, oneLoop.with(Settings.MAX_UNSENT_TOTAL_BYTES, 8L * BIG_VALUE_BYTES));
                OpenSockets<RawSocket> deaf = new OpenSockets<>();
                TextSocket other = server.connect()) {
            String token = token(other);
            assertThat(other.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"big":"%s"}}}""".formatted(token, "x".repeat(BIG_VALUE_BYTES))))
                    .contains("\"big\":20");
            for (int i = 0; i < 4; i++) {
                RawSocket socket = deaf.add(RawSocket.open(server.port(), SMALL_BUFFER_BYTES));
                sendUntilDropped(socket, """
                        {"KV_GET":{"tkn":%s,"keys":["big"]}}""".formatted(token), asked);
            }
            int answers = 0;
            for (RawSocket socket : deaf) {
                for (int j = 0; j < asked && socket.readFrameOrNull() != null; j++) {
                    answers++;
                }
            }
            assertThat(answers).isLessThan(4 * asked);
            assertThat(other.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":1");
            assertThat(Http.get(server.server().managementPort(), "/metrics").body())
                    .contains("\ntessera_connections_dropped_total{reason=\"unsent_total\"} ")
                    .doesNotContain("\ntessera_connections_dropped_total{reason=\"unsent_total\"} 0.0\n");
        }
    }

    /** Sends a command many times, or until the server drops the connection, which it may do at any of them. */
    private static void sendUntilDropped(RawSocket socket, String command, int times) throws java.io.IOException {
        try {
            for (int i = 0; i < times; i++) {
                socket.sendText(command);
            }
        } catch (java.net.SocketException e) {
            // The server dropped the connection while the client was sending.
        }
    }

    @Test
    void shouldServeASlowReaderWithinTheBound(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                RawSocket slow = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            slow.sendText("""
                    {"SH_NEW":{"name":"n"}}""");
            String token = slow.readText().replaceAll(".*\"tkn\":(\\d+).*", "$1");
            slow.sendText("""
                            {"KV_SET":{"tkn":%s,"keys":{"big":"%s"}}}""".formatted(token, "x".repeat(BIG_VALUE_BYTES)));
            slow.readFrame();
            int asked = 100;
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < asked; i++) {
                        slow.sendText("""
                                {"KV_GET":{"tkn":%s,"keys":["big"]}}""".formatted(token));
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int i = 0; i < asked; i++) {
                assertThat(slow.readFrame().payload()).hasSizeGreaterThan(BIG_VALUE_BYTES);
            }
            writing.get();
        }
    }

    @Test
    @ExpectLog(from = HttpConnections.class, message = "^Refusing")
    void shouldRefuseConnectionsOverTheLimitAndTakeThemAgainWhenOthersGo(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, oneLoop.with(Settings.EVENT_LOOPS, 2).with(Settings.MAX_CONNECTIONS, 2))) {
            try (TextSocket one = server.connect();
                    RawSocket two = RawSocket.connect(server.port(), SMALL_BUFFER_BYTES)) {
                assertThat(one.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
                assertThat(handshake(two)).startsWith("HTTP/1.1 101");
                try (RawSocket three = RawSocket.connect(server.port(), SMALL_BUFFER_BYTES)) {
                    assertThat(handshake(three)).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
                }
                two.send(frame(FIN | CLOSE, new byte[] {3, (byte) 0xE8}));
                assertThat(two.readFrame().closeStatus()).isEqualTo(1000);
                assertThat(two.readFrameOrNull()).isNull();
            }
            List<RawSocket> again = new ArrayList<>();
            try {
                do {
                    again.add(RawSocket.connect(server.port(), SMALL_BUFFER_BYTES));
                } while (!handshake(again.get(again.size() - 1)).startsWith("HTTP/1.1 101"));
            } finally {
                again.forEach(RawSocket::close);
            }
        }
    }

    @Test
    @ExpectLog(from = HttpConnections.class, message = "^Refusing")
    void shouldCountSilentConnectionsAndCloseThoseOverTheLimit(Vertx vertx) throws Exception {
        int max = 5;
        try (TestServer server = TestServer.start(
                        vertx, oneLoop.with(Settings.EVENT_LOOPS, 2).with(Settings.MAX_CONNECTIONS, max));
                OpenSockets<Socket> admitted = new OpenSockets<>();
                OpenSockets<Socket> excess = new OpenSockets<>()) {
            for (int i = 0; i < max; i++) {
                admitted.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            awaitMetric(server, "tessera_connections 5.0");
            for (int i = 0; i < 3 * ConnectionCount.ANSWERED_MAX; i++) {
                excess.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            for (Socket refused : excess) {
                assertThat(isClosedByPeer(refused)).isTrue();
            }
            awaitMetric(server, "tessera_connections 5.0");
            awaitMetric(server, "tessera_connections_refused_total " + 3 * ConnectionCount.ANSWERED_MAX + ".0");
            try (RawSocket refused = RawSocket.connect(server.port(), SMALL_BUFFER_BYTES)) {
                assertThat(handshake(refused)).startsWith("HTTP/1.1 503");
            }
            admitted.get(0).close();
            awaitMetric(server, "tessera_connections 4.0");
            try (TextSocket served = server.connect()) {
                assertThat(served.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
                awaitMetric(server, "tessera_connections 5.0");
            }
            awaitMetric(server, "tessera_connections 4.0");
        }
    }

    /** Asks for a WebSocket, and returns the head of the answer. */
    private static String handshake(RawSocket socket) throws IOException {
        return socket.send(RawSocket.handshake()).readHead();
    }

    private static boolean isClosedByPeer(Socket socket) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    @ExpectLog(from = HttpConnections.class, message = "^Refusing")
    void shouldBoundTheConnectionsOfOneAddress(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(
                vertx, oneLoop.with(Settings.EVENT_LOOPS, 2).with(Settings.MAX_CONNECTIONS_PER_ADDRESS, 2))) {
            try (TextSocket one = server.connect();
                    RawSocket two = RawSocket.connect(server.port(), SMALL_BUFFER_BYTES)) {
                assertThat(one.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
                assertThat(handshake(two)).startsWith("HTTP/1.1 101");
                try (RawSocket three = RawSocket.connect(server.port(), SMALL_BUFFER_BYTES)) {
                    assertThat(handshake(three)).startsWith("HTTP/1.1 503");
                }
            }
            awaitMetric(server, "tessera_connections 0.0");
            try (TextSocket again = server.connect()) {
                assertThat(again.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
            }
        }
    }

    @Test
    void shouldPingASilentClientAndKeepItWhileItAnswers(Vertx vertx) throws Exception {
        try (TestServer server =
                        TestServer.start(vertx, oneLoop.with(Settings.WEBSOCKET_IDLE_TIMEOUT, Duration.ofMillis(300)));
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            for (int i = 0; i < 4; i++) {
                RawSocket.Frame ping = socket.readFrame();
                assertThat(ping.opcode()).isEqualTo(PING);
                socket.send(frame(FIN | PONG, ping.payload()));
            }
            socket.sendText("{\"SH_INFO_ALL\":{}}");
            assertThat(socket.readText()).contains("\"st\":1");
        }
    }

    @Test
    void shouldCloseAClientThatStaysSilent(Vertx vertx) throws Exception {
        try (TestServer server =
                        TestServer.start(vertx, oneLoop.with(Settings.WEBSOCKET_IDLE_TIMEOUT, Duration.ofMillis(300)));
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            assertThat(socket.readFrame().opcode()).isEqualTo(PING);
            RawSocket.Frame close = socket.readFrame();
            assertThat(close.opcode()).isEqualTo(CLOSE);
            assertThat(close.closeStatus()).isEqualTo(1001);
        }
    }

    @Test
    void shouldKeepAClientThatTakesALongAnswerSlowlyButSteadily(Vertx vertx) throws Exception {
        int asked = 40;
        try (TestServer server =
                        TestServer.start(vertx, oneLoop.with(Settings.WEBSOCKET_IDLE_TIMEOUT, Duration.ofSeconds(2)));
                RawSocket slow = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            slow.sendText("""
                    {"SH_NEW":{"name":"n"}}""");
            String token = slow.readText().replaceAll(".*\"tkn\":(\\d+).*", "$1");
            slow.sendText(
                    "{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"big\":\"" + "x".repeat(BIG_VALUE_BYTES) + "\"}}}");
            slow.readFrame();
            slow.sendTimes(asked, text("{\"KV_GET\":{\"tkn\":" + token + ",\"keys\":[\"big\"]}}"));
            // It reads for 4 s, and the pings lie behind the answers.
            AtomicInteger answers = new AtomicInteger();
            try (Pace reader = Pace.start(Duration.ofMillis(100), asked, i -> {
                assertThat(slow.awaitText()).hasSizeGreaterThan(BIG_VALUE_BYTES);
                answers.incrementAndGet();
            })) {
                reader.await();
            }
            assertThat(answers).hasValue(asked);
            assertThat(Http.get(server.server().managementPort(), "/metrics").body())
                    .contains("\ntessera_connections_dropped_total{reason=\"idle\"} 0.0\n");
        }
    }

    @Test
    void shouldNotTakeAClientForSilentWhileItIsNotRead(Vertx vertx) throws Exception {
        int nested = 480;
        try (TestServer server = TestServer.start(
                        vertx,
                        oneLoop.with(Settings.WEBSOCKET_IDLE_TIMEOUT, Duration.ofMillis(300))
                                .with(Settings.MAX_IN_FLIGHT, 1)
                                .with(Settings.SEARCH_SLOW, Duration.ofMinutes(1))
                                .with(Settings.SEARCH_TIMEOUT, Duration.ofSeconds(2)));
                TextSocket socket = server.connect()) {
            String token = socket.newSession();
            String value = "[".repeat(nested) + "]".repeat(nested);
            socket.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"v\":" + value + "}}}");
            socket.send(
                    "{\"KV_FIND\":{\"tkn\":" + token + ",\"rsp\":\"keys\",\"path\":\"$..*..*..*..*..*..*[?@ == 1]\"}}");

            assertThat(socket.receive()).contains("\"st\":203");
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
        }
    }

    @Test
    void shouldCloseAClientWhoseMessageDripsIn(Vertx vertx) throws Exception {
        byte[] message = text(message(10_000));
        try (TestServer server = TestServer.start(
                        vertx, oneLoop.with(Settings.WEBSOCKET_MESSAGE_TIMEOUT, Duration.ofMillis(300)));
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            socket.sendText("{\"SH_INFO_ALL\":{}}");
            socket.send(Arrays.copyOf(message, 100));
            try (Pace drip =
                    Pace.start(Duration.ofMillis(20), 10_000, i -> socket.send(new byte[] {message[100 + i]}))) {
                assertThat(socket.readText()).contains("\"st\":1");
                assertThat(socket.readFrame().closeStatus()).isEqualTo(1008);
                assertThat(drip.failure()).isNull();
            }
            awaitMetric(server, "tessera_connections_dropped_total\\{reason=\"slow_message\"\\} 1.0");
        }
    }

    @Test
    void shouldTakeAMessageThatComesSlowlyButSteadily(Vertx vertx) throws Exception {
        int pieceBytes = 2_000;
        String message = message(20 * pieceBytes);
        byte[] frame = text(message);
        int headerBytes = frame.length - message.length();
        try (TestServer server = TestServer.start(
                        vertx, oneLoop.with(Settings.WEBSOCKET_MESSAGE_TIMEOUT, Duration.ofMillis(300)));
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            socket.send(Arrays.copyOf(frame, headerBytes));
            try (Pace upload = Pace.start(Duration.ofMillis(50), 20, i -> {
                int from = headerBytes + i * pieceBytes;
                socket.send(Arrays.copyOfRange(frame, from, from + pieceBytes));
            })) {
                assertThat(upload.await()).isEqualTo(20);
            }
            assertThat(socket.readText()).startsWith("""
                    {"X_RSP":{"st":10""");
        }
    }

    @Test
    void shouldAnswerAPingWithItsPayload(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, oneLoop);
                RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            socket.send(frame(FIN | PING, new byte[] {1, 2, 3}));
            RawSocket.Frame pong = socket.readFrame();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void shouldSendAnswersInFlightAndCloseWith1001WhenItDrains(Vertx vertx) throws Exception {
        TestServer server = TestServer.start(vertx, oneLoop.with(Settings.EVENT_LOOPS, 2));
        try (RawSocket socket = RawSocket.open(server.port(), SMALL_BUFFER_BYTES)) {
            socket.sendText("""
                    {"SH_NEW":{"name":"n"}}""");
            String token = socket.readText().replaceAll(".*\"tkn\":(\\d+).*", "$1");
            String value = "x".repeat(BIG_VALUE_BYTES);
            socket.sendText("""
                    {"KV_SET":{"tkn":%s,"keys":{"big":"%s"}}}""".formatted(token, value));
            assertThat(socket.readText()).contains("\"big\":20");
            socket.sendTimes(5, text("""
                    {"KV_GET":{"tkn":%s,"keys":["big"]}}""".formatted(token)));
            String answer = """
                    {"KV_GET_RSP":{"tkn":%s,"keys":{"big":"%s"}}}""".formatted(token, value);
            assertThat(socket.readText()).isEqualTo(answer);
            Future<Void> drained = server.server().drain();
            for (int i = 0; i < 4; i++) {
                assertThat(socket.readText()).isEqualTo(answer);
            }
            RawSocket.Frame frame = socket.readFrame();
            assertThat(frame.opcode()).isEqualTo(CLOSE);
            assertThat(frame.closeStatus()).isEqualTo(1001);
            socket.send(frame(FIN | CLOSE, new byte[] {3, (byte) 0xE9}));
            Await.result(drained);
        } finally {
            server.close();
        }
    }

    private static String token(TextSocket socket) throws Exception {
        return socket.ask("""
                {"SH_NEW":{"name":"n"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
    }
}
