package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ScriptTest {

    private final Script script = new Script(
            List.of(
                    RequestReply.of("ask", "answer"),
                    RequestReply.eitherOf("set", "{\"k\":21}", "{\"k\":20}"),
                    RequestReply.of("x".repeat(200), "y".repeat(70_000))),
            new SplittableRandom(1));

    @Test
    void shouldStoreRequestsOneAfterAnother() {
        assertThat(script.size()).isEqualTo(3);
        assertThat(script.requestAt(1)).isEqualTo(2 + 4 + 3);
        assertThat(script.requestAt(3))
                .isEqualTo(2 * (2 + 4 + 3) + 4 + 4 + 200)
                .isEqualTo(script.requests().capacity());
        assertThat(script.requests().get(script.requestAt(1))).isEqualTo((byte) 0x81);
        assertThat(script.requests().getInt(2)).as("masking key").isNotZero();
    }

    @Test
    void shouldRecognizeItsReplies() {
        assertThat(isReply(0, "answer")).isTrue();
        assertThat(isReply(2, "y".repeat(70_000))).isTrue();
        assertThat(isReply(0, "answex")).isFalse();
        assertThat(isReply(0, "xnswer")).isFalse();
        assertThat(isReply(2, "y".repeat(69_999) + "x")).isFalse();
    }

    @Test
    void shouldAcceptEitherReplyAndNoOther() {
        assertThat(isReply(1, "{\"k\":21}")).isTrue();
        assertThat(isReply(1, "{\"k\":20}")).isTrue();
        assertThat(isReply(1, "{\"k\":22}")).isFalse();
        assertThat(isReply(1, "{\"k\":10}")).isFalse();
        assertThat(isReply(1, "{\"k\":20]")).isFalse();
        assertThat(isReply(1, "{\"l\":20}")).isFalse();
    }

    @Test
    void shouldQuoteTheReplyThatIsDue() {
        assertThat(script.reply(0)).isEqualTo("answer");
        assertThat(script.reply(2)).hasSize(70_000);
    }

    @Test
    void shouldRefuseAlternativesThatDifferInMoreThanOneByte() {
        assertThatThrownBy(() -> RequestReply.eitherOf("q", "ab", "cd")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RequestReply.eitherOf("q", "ab", "abc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RequestReply.eitherOf("q", "ab", "ab")).isInstanceOf(IllegalArgumentException.class);
    }

    private boolean isReply(int number, String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        int margin = 3;
        ByteBuffer frame = ByteBuffer.allocate(margin + ClientFrame.unmaskedBytes(payload.length))
                .position(margin);
        ClientFrame.writeUnmasked(frame, ClientFrame.TEXT, payload);
        return script.replyBytes(number) == frame.capacity() - margin && script.isReply(number, frame.array(), margin);
    }
}
