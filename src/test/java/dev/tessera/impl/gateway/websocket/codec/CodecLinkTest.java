package dev.tessera.impl.gateway.websocket.codec;

import static dev.tessera.testing.ClientFrames.bytes;
import static dev.tessera.testing.ClientFrames.close;
import static dev.tessera.testing.ClientFrames.concat;
import static dev.tessera.testing.ClientFrames.ping;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.gateway.websocket.WebSocketListener;
import dev.tessera.testing.Layer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pipeline side of {@link CodecLink}: writes, flushes, reads, timers. After each case all buffers are released. */
@Tag(Layer.UNIT)
class CodecLinkTest {

    private static final int MAX_PAYLOAD_BYTES = 1024 * 1024;
    private static final long CLOSE_TIMEOUT_MS = 1_000;

    private static ResourceLeakDetector.Level levelBefore;

    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
    private final Wire wire = new Wire();
    private final Owner owner = new Owner();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private WebSocketLink link;

    @BeforeAll
    static void trackEveryBuffer() {
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterAll
    static void trackAsBefore() {
        ResourceLeakDetector.setLevel(levelBefore);
    }

    private void open() {
        channel.config().setAllocator(buffers);
        channel.freezeTime();
        channel.pipeline()
                .addLast(
                        wire,
                        new CodecLink(
                                MAX_PAYLOAD_BYTES,
                                CLOSE_TIMEOUT_MS,
                                IncomingTotal.ofMax(0, MAX_PAYLOAD_BYTES),
                                SocketAddress.inetSocketAddress(1, "127.0.0.1"),
                                Runnable::run,
                                opened -> {
                                    link = opened;
                                    return owner;
                                }));
    }

    @AfterEach
    void shouldHaveReleasedAllBuffers() {
        channel.finishAndReleaseAll();
        assertThat(buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory())
                .isZero();
        assertThat(owner.events.stream().filter("closed"::equals)).hasSize(1);
    }

    private void receive(byte[]... parts) {
        byte[] bytes = concat(parts);
        channel.writeInbound(buffers.buffer(bytes.length).writeBytes(bytes));
    }

    private void write(String text) {
        link.writeText(utf8(text), 0, utf8(text).length);
    }

    private byte[] sent() {
        byte[] all = {};
        for (ByteBuf buffer; (buffer = channel.readOutbound()) != null; buffer.release()) {
            all = concat(all, ByteBufUtil.getBytes(buffer));
        }
        return all;
    }

    private static byte[] serverFrame(int opcode, byte[] payload) {
        return concat(bytes(0x80 | opcode, payload.length), payload);
    }

    @Test
    void shouldWriteOnceAndFlushOncePerFlush() {
        open();
        for (int i = 0; i < 100; i++) {
            write("message " + i);
        }
        assertThat(wire.writes).isZero();

        link.flush();
        link.flush();

        assertThat(wire.writes).isEqualTo(1);
        assertThat(wire.flushes).isEqualTo(1);
        assertThat(new String(sent(), StandardCharsets.ISO_8859_1))
                .startsWith("\u0081\u0009message 0\u0081\u0009message 1")
                .endsWith("\u0081\nmessage 99");
    }

    @Test
    void shouldPassOnFullBuffersAndCopyLargePayloadsOnce() {
        open();
        String half = "h".repeat(40_000);
        write(half);
        write(half);
        write("l".repeat(MAX_PAYLOAD_BYTES));
        write("end");
        link.flush();

        assertThat(wire.sizes).containsExactly(40_004, 40_004 + 10, MAX_PAYLOAD_BYTES, 5);
        assertThat(wire.flushes).isEqualTo(1);
    }

    @Test
    void shouldCountUnsentBytes() {
        open();
        wire.stalled = true;
        assertThat(link.unsentBytes()).isZero();
        write("x".repeat(1_000));
        assertThat(link.unsentBytes()).isEqualTo(1_004);
        link.flush();
        assertThat(link.unsentBytes()).isBetween(1_004L, 1_204L);

        wire.stalled = false;
        channel.flush();
        assertThat(link.unsentBytes()).isZero();
    }

    @Test
    void shouldReportWritabilityInALaterTurnThanTheFlush() {
        open();
        owner.atReadComplete = () -> {
            link.flush();
            owner.events.add("flushed");
        };
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1_000));
        wire.stalled = true;
        write("x".repeat(2_000));
        link.flush();
        assertThat(link.isWritable()).isFalse();

        wire.stalled = false;
        write("more");
        receive(text("one"));
        assertThat(owner.events).containsExactly("one", "read complete", "flushed", "writable");
        assertThat(link.isWritable()).isTrue();
    }

    @Test
    void shouldAnswerPingsOfAReadEventWithOneFlush() {
        open();
        receive(ping("a"), ping("b"), text("c"));

        assertThat(wire.flushes).isEqualTo(1);
        assertThat(sent()).isEqualTo(concat(serverFrame(0xA, utf8("a")), serverFrame(0xA, utf8("b"))));
    }

    @Test
    void shouldKeepOnlyTheLastPingWhileTheSocketTakesNothing() {
        open();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1_000));
        wire.stalled = true;
        write("x".repeat(2_000));
        link.flush();
        long unsent = link.unsentBytes();
        for (int i = 0; i < 10_000; i++) {
            receive(ping("ping " + i));
        }
        assertThat(link.unsentBytes()).isEqualTo(unsent);

        wire.stalled = false;
        channel.flush();
        byte[] sent = sent();
        byte[] pong = serverFrame(0xA, utf8("ping 9999"));
        assertThat(sent).hasSize(2_004 + pong.length).endsWith(pong);
    }

    @Test
    void shouldTurnReadsOffWhilePausedAndKeepReadBytes() {
        open();
        owner.pauseAt = "one";
        receive(text("one"), text("two"));
        assertThat(channel.config().isAutoRead()).isFalse();
        receive(text("three"), Arrays.copyOf(text("four"), 3));
        assertThat(owner.events).containsExactly("one", "read complete", "read complete");

        link.resume();
        assertThat(owner.events).hasSize(3);
        assertThat(channel.config().isAutoRead())
                .as("only after the kept messages")
                .isFalse();
        channel.runPendingTasks();
        assertThat(owner.events.subList(3, 6)).containsExactly("two", "three", "read complete");
        assertThat(channel.config().isAutoRead()).isTrue();
        receive(Arrays.copyOfRange(text("four"), 3, text("four").length));
        assertThat(owner.events.get(6)).isEqualTo("four");
    }

    @Test
    void shouldReleaseItsBacklogWhenTheConnectionEnds() {
        open();
        link.pause();
        receive(text("one"));
        receive(text("two"));
        write("unsent");
        assertThat(channel.close().isSuccess()).isTrue();

        assertThat(owner.events).containsExactly("read complete", "read complete", "closed");
    }

    @Test
    void shouldDropItsBacklogWhenItCloses() {
        open();
        owner.pauseAt = "one";
        receive(text("one"), text("two"), close(1000, ""));
        link.close(1001, "");
        channel.runPendingTasks();

        assertThat(owner.events).containsExactly("one", "read complete", "closed");
        assertThat(sent()).isEqualTo(serverFrame(0x8, bytes(3, 0xE9)));
    }

    @Test
    void shouldWaitForThePeersCloseFrameUntilTheTimeout() {
        open();
        link.close(1000, "");
        channel.advanceTimeBy(CLOSE_TIMEOUT_MS - 1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldReadAndDropWithoutMemoryAfterAViolation() {
        open();
        receive(text("one"), bytes(0x81, 0x01), text("two"));
        for (int i = 0; i < 100; i++) {
            receive(new byte[10_000]);
            assertThat(buffers.metric().usedHeapMemory() + buffers.metric().usedDirectMemory())
                    .isLessThan(1_000);
        }
        assertThat(owner.events).containsExactly("one", "read complete");
        assertThat(sent()).startsWith(0x88).contains(3, 0xEA);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void shouldSendAnswersOfTheReadEventBeforeTheCloseFrame() {
        open();
        owner.answers = true;
        receive(text("one"), close(4000, "bye"));

        assertThat(sent()).isEqualTo(concat(serverFrame(0x1, utf8("one")), serverFrame(0x8, bytes(0x0F, 0xA0))));
        assertThat(channel.isOpen()).isFalse();
    }

    /** The socket: counts writes, and holds flushes back while it is stalled. */
    private static final class Wire extends ChannelOutboundHandlerAdapter {

        final List<Integer> sizes = new ArrayList<>();
        int writes;
        int flushes;
        boolean stalled;

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the promise reports the result
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            writes++;
            sizes.add(((ByteBuf) message).readableBytes());
            ctx.write(message, promise);
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushes++;
            if (!stalled) {
                ctx.flush();
            }
        }
    }

    private final class Owner implements WebSocketListener {

        final List<String> events = new ArrayList<>();
        String pauseAt;
        boolean answers;
        Runnable atReadComplete = () -> {};

        @Override
        public void onText(byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            events.add(text);
            if (answers) {
                CodecLinkTest.this.write(text);
            }
            if (text.equals(pauseAt)) {
                link.pause();
            }
        }

        @Override
        public void onBinary() {
            events.add("binary");
        }

        @Override
        public void onTooLarge() {
            events.add("too large");
        }

        @Override
        public void onNoRoom() {
            throw new AssertionError("no room");
        }

        @Override
        public void onReadComplete() {
            events.add("read complete");
            atReadComplete.run();
        }

        @Override
        public void onWritable() {
            events.add("writable");
        }

        @Override
        public void onClosed() {
            events.add("closed");
        }
    }
}
