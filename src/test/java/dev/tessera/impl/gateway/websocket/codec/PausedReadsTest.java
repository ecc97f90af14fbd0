package dev.tessera.impl.gateway.websocket.codec;

import static dev.tessera.testing.ClientFrames.BINARY;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.concat;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.testing.Layer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A listener that pauses and resumes its {@link CodecLink} at random, in every callback and between them, on random
 * cuts of a stream of messages. The seed of a failing run is in its message.
 */
@Tag(Layer.UNIT)
class PausedReadsTest {

    private static final int RUNS = 3_000;
    private static final int MESSAGES_MAX = 60;
    private static final int CUT_BYTES_MAX = 200;

    @Test
    void shouldHandOverEveryMessageOnceAndInOrderAndNeverReadAhead() {
        for (int seed = 0; seed < RUNS; seed++) {
            new Run(seed).check();
        }
    }

    private static final class Run implements WebSocketListener {

        private final Random random;
        private final String name;
        private final List<String> expected = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();
        private final List<String> received = new ArrayList<>();
        private final byte[] stream;
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final int pausesOfTen;
        private WebSocketLink link;
        private boolean paused;
        private int fed;

        Run(int seed) {
            random = new Random(seed);
            name = "seed " + seed;
            pausesOfTen = random.nextInt(10);
            stream = messages();
        }

        private byte[] messages() {
            List<byte[]> frames = new ArrayList<>();
            int end = 0;
            for (int i = random.nextInt(MESSAGES_MAX); i >= 0; i--) {
                String message = i + "m".repeat(random.nextInt(random.nextBoolean() ? 5 : 300));
                boolean isText = random.nextInt(5) > 0;
                frames.add(isText ? text(message) : frame(FIN | BINARY, utf8(message)));
                expected.add(isText ? message : "binary");
                end += frames.get(frames.size() - 1).length;
                ends.add(end);
            }
            return concat(frames.toArray(byte[][]::new));
        }

        void check() {
            channel.pipeline()
                    .addLast(new CodecLink(
                            1024 * 1024,
                            1_000,
                            IncomingTotal.ofMax(0, 1024 * 1024),
                            SocketAddress.inetSocketAddress(1, "127.0.0.1"),
                            Runnable::run,
                            opened -> {
                                link = opened;
                                return this;
                            }));
            while (fed < stream.length) {
                if (channel.config().isAutoRead()) {
                    assertThat(received).as(name).hasSize(wholeMessages());
                    feed();
                }
                step();
            }
            resume();
            channel.runPendingTasks();
            for (int i = 0; i < 1_000 && received.size() < expected.size(); i++) {
                resume();
                channel.runPendingTasks();
            }
            assertThat(received).as(name).isEqualTo(expected);
            channel.finishAndReleaseAll();
        }

        /** Runs what is due; then the socket is read, or the listener has paused. */
        private void step() {
            if (random.nextBoolean()) {
                change();
            }
            channel.runPendingTasks();
            assertThat(channel.config().isAutoRead()).as(name).isEqualTo(!paused);
            if (paused && random.nextBoolean()) {
                resume();
            }
        }

        private void feed() {
            int count = Math.min(stream.length - fed, 1 + random.nextInt(CUT_BYTES_MAX));
            fed += count;
            channel.writeInbound(Unpooled.copiedBuffer(stream, fed - count, count));
        }

        private int wholeMessages() {
            return (int) ends.stream().filter(end -> end <= fed).count();
        }

        private void change() {
            while (random.nextInt(10) < pausesOfTen) {
                if (random.nextBoolean()) {
                    paused = true;
                    link.pause();
                } else {
                    resume();
                }
            }
        }

        private void resume() {
            paused = false;
            link.resume();
        }

        @Override
        public void onText(byte[] bytes, int offset, int length) {
            received.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            change();
        }

        @Override
        public void onBinary() {
            received.add("binary");
            change();
        }

        @Override
        public void onTooLarge() {
            throw new AssertionError(name);
        }

        @Override
        public void onNoRoom() {
            throw new AssertionError("no room");
        }

        @Override
        public void onReadComplete() {
            change();
        }

        @Override
        public void onWritable() {
            change();
        }

        @Override
        public void onClosed() {}
    }
}
