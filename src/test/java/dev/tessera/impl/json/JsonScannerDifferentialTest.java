package dev.tessera.impl.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A comparison of the scanner with Jackson's strict parser. A strict UTF-8 decoder runs before Jackson, because
 * Jackson's own decoder accepts ill-formed sequences.
 *
 * <p>One difference is deliberate: Jackson accepts the escape of a lone surrogate, but the protocol does not, because
 * such a string has no UTF-8. The oracle refuses it in Jackson's result.
 */
@Tag(Layer.MODEL)
class JsonScannerDifferentialTest {

    private static final int DEPTH_MAX = 8;

    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private static final byte[] TELLING = {
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '-',
        '+',
        '.',
        'e',
        'E',
        '0',
        '1',
        '9',
        't',
        'f',
        'n',
        'u',
        'd',
        '8',
        'c',
        ' ',
        '\n',
        '\t',
        '\r',
        '\f',
        0,
        0x1F,
        0x7F,
        (byte) 0x80,
        (byte) 0xBF,
        (byte) 0xC0,
        (byte) 0xC2,
        (byte) 0xE0,
        (byte) 0xED,
        (byte) 0xA0,
        (byte) 0xF0,
        (byte) 0xF4,
        (byte) 0x90,
        (byte) 0xFF
    };

    @Test
    void shouldAgreeOnRandomDocuments() {
        long seed = 1L;
        RandomJson documents = new RandomJson(new Random(seed));
        for (int i = 0; i < 3_000; i++) {
            byte[] text = documents.bytes(DEPTH_MAX + 1);
            assertAgreement(text, "seed " + seed + ", document " + i);
        }
    }

    @Test
    void shouldAgreeOnMutatedDocuments() {
        long seed = 2L;
        Random random = new Random(seed);
        RandomJson documents = new RandomJson(random);
        int accepted = 0;
        int rounds = 60_000;
        for (int i = 0; i < rounds; i++) {
            byte[] text = documents.bytes(4);
            for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
                text = mutate(text, random);
            }
            accepted += assertAgreement(text, "seed " + seed + ", document " + i) ? 1 : 0;
        }
        assertThat(accepted)
                .as("some mutations stay valid and some do not; seed %d", seed)
                .isBetween(rounds / 20, rounds * 19 / 20);
    }

    @Test
    void shouldAgreeOnShortRandomTexts() {
        long seed = 3L;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] text = new byte[random.nextInt(7)];
            for (int at = 0; at < text.length; at++) {
                text[at] = TELLING[random.nextInt(TELLING.length)];
            }
            assertAgreement(text, "seed " + seed + ", text " + i);
        }
    }

    private static byte[] mutate(byte[] text, Random random) {
        if (text.length == 0) {
            return text;
        }
        int at = random.nextInt(text.length);
        byte b = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : TELLING[random.nextInt(TELLING.length)];
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] shorter = Arrays.copyOf(text, text.length - 1);
                System.arraycopy(text, at + 1, shorter, at, text.length - at - 1);
                return shorter;
            }
            case 1 -> {
                byte[] longer = Arrays.copyOf(text, text.length + 1);
                System.arraycopy(text, at, longer, at + 1, text.length - at);
                longer[at] = b;
                return longer;
            }
            case 2 -> {
                byte[] swapped = text.clone();
                int other = random.nextInt(text.length);
                swapped[at] = text[other];
                swapped[other] = text[at];
                return swapped;
            }
            default -> {
                byte[] changed = text.clone();
                changed[at] = b;
                return changed;
            }
        }
    }

    private static boolean assertAgreement(byte[] text, String when) {
        boolean expected = jacksonAccepts(text);
        assertThat(scannerAccepts(text.clone())).as(() -> describe(text, when)).isEqualTo(expected);
        assertThat(walkAccepts(text.clone()))
                .as(() -> describe(text, when) + ", walked")
                .isEqualTo(expected);
        return expected;
    }

    private static String describe(byte[] text, String when) {
        return when + ": " + new String(text, UTF_8) + " = " + HexFormat.of().formatHex(text);
    }

    private static boolean scannerAccepts(byte[] text) {
        JsonScanner scanner = new JsonScanner(DEPTH_MAX);
        scanner.reset(text, 0, text.length);
        try {
            scanner.skipValue();
            scanner.expectEnd();
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    /** Walks the text level by level, like a caller that knows its shape. */
    private static boolean walkAccepts(byte[] text) {
        JsonScanner scanner = new JsonScanner(DEPTH_MAX);
        scanner.reset(text, 0, text.length);
        try {
            walk(scanner);
            scanner.expectEnd();
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static void walk(JsonScanner scanner) {
        Slice slice = new Slice();
        switch (scanner.peek()) {
            case '{' -> {
                scanner.enter();
                for (boolean first = true; scanner.member(first, slice); first = false) {
                    walk(scanner);
                }
            }
            case '[' -> {
                scanner.enter();
                for (boolean first = true; scanner.element(first); first = false) {
                    walk(scanner);
                }
            }
            case '"' -> scanner.string(slice);
            default -> scanner.value(slice);
        }
    }

    private static boolean jacksonAccepts(byte[] text) {
        String decoded;
        try {
            decoded = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            return false;
        }
        try (JsonParser parser = JACKSON.createParser(decoded)) {
            int depth = 0;
            int roots = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                roots += depth == 0 ? 1 : 0;
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if ((token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME)
                        && !UTF_8.newEncoder().canEncode(parser.getText())) {
                    return false;
                }
            }
            return roots == 1;
        } catch (IOException e) {
            return false;
        }
    }
}
