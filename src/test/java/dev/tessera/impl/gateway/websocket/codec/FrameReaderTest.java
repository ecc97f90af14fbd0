package dev.tessera.impl.gateway.websocket.codec;

import static dev.tessera.testing.ClientFrames.CONTINUATION;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.close;
import static dev.tessera.testing.ClientFrames.concat;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.header;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.gateway.limits.IncomingBytes;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Layer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class FrameReaderTest {

    private static final int MAX_PAYLOAD_BYTES = 1024 * 1024;

    private final Sink sink = new Sink();
    private final IncomingTotal total = IncomingTotal.ofMax(2L * MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES);
    private final FrameReader reader = new FrameReader(MAX_PAYLOAD_BYTES, total, sink);

    private ByteBuf read(byte[]... parts) {
        return reader.read(Unpooled.wrappedBuffer(concat(parts)));
    }

    @Test
    void shouldHandOverSlicesOfOneArrayPerRead() {
        read(text("one"), text("two"), text("three"));

        assertThat(sink.texts).containsExactly("one", "two", "three");
        assertThat(sink.arrays.stream().distinct()).hasSize(1);
    }

    @Test
    void shouldHandOverALongMessageInAnArrayOfItsSize() {
        byte[] bytes = text("m".repeat(300_000));
        for (int at = 0; at < bytes.length; at += 1_000) {
            reader.read(Unpooled.copiedBuffer(bytes, at, Math.min(1_000, bytes.length - at)));
        }
        assertThat(sink.texts).containsExactly("m".repeat(300_000));
        assertThat(sink.arrays.get(0)).hasSize(300_000);
    }

    @Test
    void shouldHoldNoMemoryForAnnouncementsAndLittleForBeginnings() {
        read(header(FIN | TEXT, MAX_PAYLOAD_BYTES));
        assertThat(reader.bytesHeld()).isZero();

        read(new byte[1]);
        assertThat(reader.bytesHeld()).isEqualTo(IncomingBytes.CAPACITY_MIN);

        read(new byte[999]);
        assertThat(reader.bytesHeld()).isLessThanOrEqualTo(2 * 1_000);
    }

    @Test
    void shouldCarryOverAtMostOneShortFrame() {
        byte[] longest = text("c".repeat(125));
        for (int cut = 1; cut < longest.length; cut++) {
            read(Arrays.copyOf(longest, cut));
            assertThat(reader.bytesHeld()).isEqualTo(cut);
            read(Arrays.copyOfRange(longest, cut, longest.length));
            assertThat(reader.bytesHeld()).isZero();
        }
        assertThat(sink.texts).hasSize(longest.length - 1).containsOnly("c".repeat(125));
    }

    @Test
    void shouldReportATooLargeFrameBeforeItsKeyHasCome() {
        byte[] header = header(FIN | TEXT, MAX_PAYLOAD_BYTES + 1L);
        read(Arrays.copyOf(header, header.length - 4));

        assertThat(sink.others).containsExactly("too large");
    }

    @Test
    void shouldTakeLengthsOf63BitsAndSkipThem() {
        read(header(FIN | TEXT, Long.MAX_VALUE), new byte[100_000]);

        assertThat(sink.others).containsExactly("too large");
        assertThat(reader.bytesHeld()).isZero();
    }

    @Test
    void shouldReportTooLargeOnceAndFindTheCloseFrameAfterIt() {
        read(header(FIN | TEXT, MAX_PAYLOAD_BYTES + 1L));
        for (int i = 0; i < MAX_PAYLOAD_BYTES; i += 1024) {
            read(new byte[1024]);
        }
        read(
                new byte[1],
                text("dropped"),
                frame(TEXT, new byte[MAX_PAYLOAD_BYTES]),
                frame(CONTINUATION, new byte[MAX_PAYLOAD_BYTES]),
                ClientFrames.ping("unanswered"),
                frame(FIN | CONTINUATION, new byte[2]),
                close(1009, "sorry"));

        assertThat(sink.texts).isEmpty();
        assertThat(sink.others).containsExactly("too large", "close 1009");
        assertThat(reader.bytesHeld()).isZero();
    }

    @Test
    void shouldDropTheMessageAtHandWhenToldSo() {
        read(frame(TEXT, utf8("begun")));
        reader.dropMessages();
        assertThat(reader.bytesHeld()).isZero();
        read(frame(FIN | CONTINUATION, utf8("ended")), text("another"), close(1000, ""));

        assertThat(sink.texts).isEmpty();
        assertThat(sink.others).containsExactly("close 1000");
    }

    @Test
    void shouldReturnBytesThatItMayNotRead() {
        sink.stopAt = "one";
        ByteBuf rest = read(text("one"), text("two"), Arrays.copyOf(text("three"), 4));
        assertThat(sink.texts).containsExactly("one");

        sink.stopAt = "two";
        rest = reader.read(rest);
        assertThat(sink.texts).containsExactly("one", "two");

        sink.stopAt = null;
        assertThat(reader.read(rest)).isNull();
        read(Arrays.copyOfRange(text("three"), 4, text("three").length));
        assertThat(sink.texts).containsExactly("one", "two", "three");
    }

    @Test
    void shouldReturnTheBytesAfterALongMessage() {
        byte[] longMessage = text("l".repeat(5_000));
        read(Arrays.copyOf(longMessage, 4_000));
        sink.stopAt = "l".repeat(5_000);
        ByteBuf rest = read(Arrays.copyOfRange(longMessage, 4_000, longMessage.length), text("next"));
        assertThat(sink.texts).hasSize(1);

        sink.stopAt = null;
        assertThat(reader.read(rest)).isNull();
        assertThat(sink.texts).endsWith("next");
    }

    /** Stops after a message, as a pause does. */
    private static final class Sink implements FrameReader.Sink {

        final List<String> texts = new ArrayList<>();
        final List<byte[]> arrays = new ArrayList<>();
        final List<String> others = new ArrayList<>();
        String stopAt;

        @Override
        public void text(byte[] bytes, int offset, int length) {
            texts.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            arrays.add(bytes);
        }

        @Override
        public void binary() {
            others.add("binary");
        }

        @Override
        public void noRoom() {
            others.add("no room");
        }

        @Override
        public void tooLarge() {
            others.add("too large");
        }

        @Override
        public void ping(byte[] bytes, int offset, int length) {
            others.add("ping");
        }

        @Override
        public void close(int status) {
            others.add("close " + status);
        }

        @Override
        public void violation(int status, String reason) {
            others.add("violation " + status);
        }

        @Override
        public boolean isReady() {
            return texts.isEmpty() || !texts.get(texts.size() - 1).equals(stopAt);
        }
    }
}
