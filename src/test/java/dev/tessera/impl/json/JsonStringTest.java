package dev.tessera.impl.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class JsonStringTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|``",
                "a|a",
                "\\u0061|a",
                "\\/|/",
                "\\\"|\\\"",
                "\\u0022|\\\"",
                "\\\\|\\\\",
                "\\u005c|\\\\",
                "\\u005C|\\\\",
                "\\b\\f\\n\\r\\t|\\b\\f\\n\\r\\t",
                "\\u0008\\u000c\\u000A\\u000D\\u0009|\\b\\f\\n\\r\\t",
                "\\u0000|\\u0000",
                "\\u001F|\\u001f",
                "\\u000B|\\u000b",
                "\\u007f|\u007f",
                "\\u00e9|\u00e9",
                "\\u20AC|\u20ac",
                "\\uffff|\uffff",
                "\\ud83d\\ude00|\ud83d\ude00",
                "\\uD800\\uDC00|\ud800\udc00",
                "\\udbff\\udfff|\udbff\udfff",
                "\u00e9\\/\u00e9|\u00e9/\u00e9",
                "x\\\\u0061|x\\\\u0061",
                "\\\\\\u0061|\\\\a"
            })
    void shouldMakeCanonicalInPlace(String content, String canonical) {
        for (int from : new int[] {0, 3}) {
            byte[] text = ("<".repeat(from) + content + ">>>").getBytes(UTF_8);
            int to = text.length - 3;

            int end = JsonString.canonicalize(text, from, to);

            assertThat(new String(text, from, end - from, UTF_8)).isEqualTo(canonical);
            assertThat(end).isLessThanOrEqualTo(to);
            assertThat(new String(text, to, 3, UTF_8)).as("bytes after").isEqualTo(">>>");
            assertThat(new String(text, 0, from, UTF_8)).as("bytes before").isEqualTo("<".repeat(from));
        }
    }

    @Test
    void shouldGiveAllSpellingsOneCanonicalText() {
        long seed = 8L;
        RandomJson strings = new RandomJson(new Random(seed));
        for (int i = 0; i < 20_000; i++) {
            String characters = strings.characters();
            byte[] expected = JsonString.canonical(characters);
            String spelling = strings.spell(characters);
            Slice read = new Slice();
            byte[] text = spelling.getBytes(UTF_8);
            JsonScanner scanner = new JsonScanner(1);
            scanner.reset(text, 0, text.length);
            scanner.string(read);
            scanner.expectEnd();

            assertThat(read.copy())
                    .as("seed %d, string %d: %s", seed, i, spelling)
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldLeaveCanonicalTextAsItIs() {
        long seed = 9L;
        RandomJson strings = new RandomJson(new Random(seed));
        for (int i = 0; i < 5_000; i++) {
            byte[] canonical = JsonString.canonical(strings.characters());
            byte[] again = canonical.clone();

            assertThat(JsonString.canonicalize(again, 0, again.length))
                    .as("seed %d, string %d", seed, i)
                    .isEqualTo(canonical.length);
            assertThat(again).as("seed %d, string %d", seed, i).isEqualTo(canonical);
        }
    }

    @Test
    void shouldRoundTripJavaStrings() {
        long seed = 10L;
        RandomJson strings = new RandomJson(new Random(seed));
        for (int i = 0; i < 20_000; i++) {
            String characters = strings.characters();
            byte[] canonical = JsonString.canonical(characters);
            byte[] shifted = new byte[canonical.length + 5];
            Arrays.fill(shifted, (byte) '\\');
            System.arraycopy(canonical, 0, shifted, 2, canonical.length);

            assertThat(JsonString.decode(shifted, 2, 2 + canonical.length))
                    .as("seed %d, string %d", seed, i)
                    .isEqualTo(characters);
        }
    }

    @Test
    void shouldRoundTripEveryCodePoint() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String string = Character.toString(point);
                byte[] canonical = JsonString.canonical(string);
                if (!JsonString.decode(canonical, 0, canonical.length).equals(string)
                        || !Utf8.isWellFormed(canonical, 0, canonical.length)) {
                    assertThat(canonical).as("U+%04X", point).isEmpty();
                }
            }
        }
    }

    @Test
    void shouldReplaceLoneSurrogatesOfJavaStrings() {
        assertThat(new String(JsonString.canonical("a\ud83d"), UTF_8)).isEqualTo("a\ufffd");
        assertThat(new String(JsonString.canonical("\ude00a"), UTF_8)).isEqualTo("\ufffda");
        assertThat(new String(JsonString.canonical("\ude00\ud83d"), UTF_8)).isEqualTo("\ufffd\ufffd");
        assertThat(new String(JsonString.canonical("\ud83d\ude00"), UTF_8)).isEqualTo("\ud83d\ude00");
    }
}
