package dev.tessera.impl.jsonpath.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class NameTest {

    /** Compares with a string at the end of the array, and with one before other bytes. */
    private static boolean equal(String name, String content) {
        byte[] text = ('"' + content + '"').getBytes(StandardCharsets.UTF_8);
        boolean atTheEnd = equal(name, text, text.length);
        assertThat(equal(name, Arrays.copyOf(text, text.length + 9), text.length))
                .isEqualTo(atTheEnd);
        return atTheEnd;
    }

    private static boolean equal(String name, byte[] text, int to) {
        int end = new JsonNavigator(text, 0, to, Budgets.unlimited()).markedStringEnd(0);
        return new Name(name).equalsContent(text, 1, end);
    }

    @Test
    void shouldEqualItsOwnBytes() {
        for (String name : new String[] {"", "a", "make", "exactly8", "nine byte", "é", "☺☺☺", "𝄞"}) {
            assertThat(equal(name, name)).as(name).isTrue();
            assertThat(equal(name, name + "x")).as(name).isFalse();
            assertThat(equal(name + "x", name)).as(name).isFalse();
            assertThat(equal(name + "x", name + "y")).as(name).isFalse();
        }
    }

    @Test
    void shouldEqualWhatEscapesStandFor() {
        assertThat(equal("a", "\\u0061")).isTrue();
        assertThat(equal("é", "\\u00E9")).isTrue();
        assertThat(equal("𝄞", "\\uD834\\uDD1E")).isTrue();
        assertThat(equal("a\nb", "a\\nb")).isTrue();
        assertThat(equal("b", "\\u0061")).isFalse();
    }

    @Test
    void shouldNotTakeABackslashOfItsOwnForAnEscape() {
        assertThat(equal("\\n", "\\n")).isFalse();
        assertThat(equal("\\n", "\\\\n")).isTrue();
    }
}
