package dev.tessera.impl.gateway.websocket;

import static dev.tessera.testing.ClientFrames.CONTINUATION;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.concat;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.ping;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A listener that pauses and resumes its link at random, on a real socket over which messages come in random fragments
 * and cuts. The seed of a failing run is in its message.
 */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class PausedSocketsTest {

    private static final int RUNS = 40;
    private static final int MESSAGES = 60;
    private static final int CUT_BYTES_MAX = 3_000;
    private static final int RSV1 = 0x40;
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    /** The end of a flush of deflated bytes, which a message leaves out. */
    private static final int FLUSH_BYTES = 4;

    /** How the server reads frames. */
    enum Code {
        NATIVE,
        VERTX,
        COMPRESSED;

        WebSocketOptions options() {
            return WebSocketOptions.defaults()
                    .withFrameCode(this == NATIVE ? FrameCode.NATIVE : FrameCode.VERTX)
                    .withCompression(this == COMPRESSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOverEveryMessageOnceAndInOrder(Code code, Vertx vertx) throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            List<String> sent = messages(random);
            Random pauses = new Random(random.nextLong());
            try (TestServer server = TestServer.start(
                            vertx, code.options(), new HttpServerOptions(), peer -> pauseAtRandom(peer, pauses));
                    RawSocket client = RawSocket.connect(server.port())) {
                client.shakeHands(code == Code.COMPRESSED ? new String[] {OFFER} : new String[0]);
                Peer peer = server.accepted();
                sendCut(client, frames(sent, code, random), random);

                for (String message : sent) {
                    assertThat(peer.nextEvent()).as("seed %d", seed).isEqualTo(message);
                }
            }
        }
    }

    /** The link is never paused for good, because each pause plans its end. */
    private static void pauseAtRandom(Peer peer, Random random) {
        Context context = Vertx.currentContext();
        peer.whenText((link, text) -> change(link, random, context));
        peer.whenReadComplete(link -> change(link, random, context));
    }

    private static void change(WebSocketLink link, Random random, Context context) {
        switch (random.nextInt(4)) {
            case 0 -> link.resume();
            case 1 -> {
                link.pause();
                link.resume();
            }
            case 2 -> {
                link.pause();
                context.runOnContext(turn -> link.resume());
            }
            default -> {}
        }
    }

    private static List<String> messages(Random random) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(i -> i + letters(random, random.nextInt(random.nextInt(5) == 0 ? 5_000 : 50)))
                .toList();
    }

    private static String letters(Random random, int count) {
        return random.ints(count, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static byte[] frames(List<String> messages, Code code, Random random) {
        List<byte[]> frames = new ArrayList<>();
        Deflater deflater = new Deflater(6, true);
        for (String message : messages) {
            boolean isCompressed = code == Code.COMPRESSED && random.nextInt(4) > 0;
            byte[] payload = isCompressed ? deflate(deflater, utf8(message)) : utf8(message);
            int first = isCompressed ? RSV1 | TEXT : TEXT;
            int at = 0;
            while (random.nextInt(3) == 0) {
                int end = at + random.nextInt(payload.length - at + 1);
                frames.add(frame(first, Arrays.copyOfRange(payload, at, end)));
                frames.add(ping("between"));
                first = CONTINUATION;
                at = end;
            }
            frames.add(frame(FIN | first, Arrays.copyOfRange(payload, at, payload.length)));
        }
        deflater.end();
        return concat(frames.toArray(byte[][]::new));
    }

    /** Deflates a message with the window of those before. */
    private static byte[] deflate(Deflater deflater, byte[] bytes) {
        deflater.setInput(bytes);
        byte[] out = new byte[bytes.length * 2 + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length - FLUSH_BYTES);
    }

    private static void sendCut(RawSocket client, byte[] stream, Random random) throws Exception {
        int cutBytesMax = random.nextBoolean() ? CUT_BYTES_MAX : 100;
        int at = 0;
        while (at < stream.length) {
            int end = Math.min(stream.length, at + 1 + random.nextInt(cutBytesMax));
            client.send(Arrays.copyOfRange(stream, at, end));
            at = end;
        }
    }
}
