package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class CommandTextsTest {

    @Test
    void shouldReturnTheTextsInTheirOrder() {
        Buffer message = CommandTexts.message();
        assertThat(CommandTexts.of(message)).isEmpty();
        for (String text : new String[] {"one", "", "drei\u00fc"}) {
            CommandTexts.add(message, text.getBytes(UTF_8));
        }

        assertThat(CommandTexts.of(message))
                .isDeepEqualTo(new byte[][] {"one".getBytes(UTF_8), {}, "drei\u00fc".getBytes(UTF_8)});
    }

    @Test
    void shouldRefuseMalformedMessages() {
        Buffer message = CommandTexts.message();
        CommandTexts.add(message, "{\"SH_INFO_ALL\":{}}".getBytes(UTF_8));

        for (int length = 0; length < message.length(); length++) {
            Buffer cut = message.getBuffer(0, length);
            assertThatThrownBy(() -> CommandTexts.of(cut)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> CommandTexts.of(Buffer.buffer().appendInt(-1)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> CommandTexts.of(
                        Buffer.buffer().appendInt(1).appendInt(-5).appendLong(0)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldNotAllocateForAnImpossibleCount() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(CommandTexts.of(Buffer.buffer(bytes)).length).isLessThan(bytes.length);
            } catch (IndexOutOfBoundsException e) {
                assertThat(e).isNotNull();
            }
        }
    }
}
