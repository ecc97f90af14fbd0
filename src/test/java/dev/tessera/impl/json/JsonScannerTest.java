package dev.tessera.impl.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class JsonScannerTest {

    private static final int DEPTH_MAX = 32;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "-1",
                "10",
                "1234567890",
                "12345678901234567890123",
                "0.0",
                "0.10",
                "-0.5",
                "1.0",
                "1e0",
                "1E0",
                "1e+1",
                "1E-1",
                "0e0",
                "-0E-0",
                "1e400",
                "1.5e-400",
                "123.456e+789"
            })
    void shouldAcceptNumber(String number) {
        assertAccepted(number);
        assertAccepted("[" + number + "]");
        assertAccepted("""
                {"a":%s,"b": %s }""".formatted(number, number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "+1",
                "00",
                "01",
                "-01",
                "-00",
                "1.",
                ".5",
                "-.5",
                "1.e1",
                "1e",
                "1E",
                "1e+",
                "1e-",
                "1.5e",
                "e1",
                "1e1.5",
                "1e1e1",
                "1..2",
                "1.2.3",
                "--1",
                "1-",
                "1+1",
                "0x10",
                "1a",
                "1_000",
                "1,5",
                "NaN",
                "Infinity",
                "-Infinity",
                "inf",
                "1e\u0661",
                "\u0661",
                "- 1",
                "1 .5",
                "1e 5",
                "0b1",
                "1f",
                "1L"
            })
    void shouldRejectWhatIsNotANumber(String number) {
        assertRejected(number);
        if (!number.equals("1,5")) {
            assertRejected("[" + number + "]");
        }
        assertRejected("{\"a\":" + number + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"a\"",
                "\" \"",
                "\"\\\"\"",
                "\"\\\\\"",
                "\"\\/\"",
                "\"/\"",
                "\"\\b\\f\\n\\r\\t\"",
                "\"\\u0000\"",
                "\"\\u00e9\"",
                "\"\\uABCD\"",
                "\"\\uabcd\"",
                "\"\\uaBcD\"",
                "\"\\ud7ff\"",
                "\"\\ue000\"",
                "\"\\uFFFF\"",
                "\"\\ud83d\\ude00\"",
                "\"\\uD800\\uDC00\"",
                "\"\\udbff\\udfff\"",
                "\"\\ud83d\\ude00\\ud83d\\ude00\"",
                "\"\u007f\"",
                "\"\u0080\"",
                "\"\u2028\u2029\"",
                "\"'\"",
                "\"\\\\u12\"",
                "\"/*no*/\"",
                "\"\ufeff\""
            })
    void shouldAcceptString(String string) {
        assertAccepted(string);
        assertAccepted("[" + string + "," + string + "]");
        assertAccepted("{" + string + ":" + string + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"a",
                "a\"",
                "'a'",
                "\"\\\"",
                "\"\\",
                "\"\\a\"",
                "\"\\v\"",
                "\"\\0\"",
                "\"\\'\"",
                "\"\\x41\"",
                "\"\\U0041\"",
                "\"\\ \"",
                "\"\\\u00e9\"",
                "\"\\\n\"",
                "\"\\u\"",
                "\"\\u0\"",
                "\"\\u00\"",
                "\"\\u004\"",
                "\"\\u004",
                "\"\\u004g\"",
                "\"\\u+041\"",
                "\"\\u 041\"",
                "\"\\u00\u0661\"",
                "\"\\u-001\"",
                "\"\\uff\uff11\"",
                "\"\n\"",
                "\"\r\"",
                "\"\t\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "\"a\" \"b\"",
                "\"a\"b",
                "\"\"\""
            })
    void shouldRejectWhatIsNotAString(String string) {
        assertRejected(string);
        assertRejected("[" + string + "]");
        assertRejected("{" + string + ":1}");
        assertRejected("{\"a\":" + string + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\udbff",
                "\\udc00",
                "\\udfff",
                "\\ud83dx",
                "\\ud83d\\n",
                "\\ud83d\\u",
                "\\ud83d\\u0041",
                "\\ud83d\\ud83d",
                "\\ude00\\ud83d",
                "\\ud83d\\ude00\\ud83d",
                "\\ud83d\\ue000",
                "\\ud83d\\udbff",
                "x\\ud83d",
                "\\ud83d\\",
                "\\ud83d\\ude0",
                "\\ud83d\\ude0x",
                "\\ud83d\\\\ude00"
            })
    void shouldRejectLoneSurrogateEscape(String content) {
        assertRejected("\"" + content + "\"");
        assertRejected("\"" + content);
        assertRejected("{\"" + content + "\":1}");
    }

    @Test
    void shouldRejectEveryUnescapedControlCharacterAtEveryPlace() {
        for (int control = 0; control < ' '; control++) {
            for (int place = 0; place < 20; place++) {
                byte[] text =
                        ("\"" + "x".repeat(place) + (char) control + "x".repeat(20 - place) + "\"").getBytes(UTF_8);
                assertThat(accepts(text)).as("control %d at %d", control, place).isFalse();
                assertThat(positionOf(text))
                        .as("control %d at %d", control, place)
                        .isEqualTo(place + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "false",
                "null",
                "[]",
                "{}",
                "[ ]",
                "{ }",
                "[\n]",
                " \t\r\n1 \t\r\n",
                "[1,2]",
                "[1 , 2]",
                "[[],{}]",
                "{\"a\":{}}",
                """
                        {"a":1,"a":2}""",
                """
                        {"":""}""",
                " { \"a\" : [ true , false , null ] } ",
                "[[[[[]]]]]"
            })
    void shouldAcceptStructure(String text) {
        assertAccepted(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "True",
                "TRUE",
                "tru",
                "truee",
                "t",
                "fals",
                "falsee",
                "f",
                "nul",
                "nulll",
                "n",
                "NULL",
                "undefined",
                "[",
                "]",
                "{",
                "}",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[,]",
                "[1,,2]",
                "[1 2]",
                "[1:2]",
                "[1}",
                "{1}",
                "{1:2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{,\"a\":1}",
                """
                        {"a":1 "b":2}""",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{\"a\":1]",
                """
                        {"a":1,,"b":2}""",
                "{null:1}",
                "{\"a\":1",
                "{\"a\":",
                "{\"a\"",
                "{\"",
                "[]]",
                "{}}",
                "1 2",
                "[] []",
                "{}x",
                "1,",
                ",1",
                "// c\n1",
                "1 // c",
                "/* c */ 1",
                "# c\n1",
                "\f1",
                "\u000b1",
                "\u00a01",
                "\u20281",
                "\ufeff1",
                "\u00001",
                "1\u0000",
                "[\u0000]",
                "[1,\u0000]",
                "(1)",
                "[1;2]",
                "\\u0031",
                "[\"a\",\n4\n,1,",
                "truefalse",
                "[truefalse]",
                "[1true]",
                "[\"a\"1]",
                "[1\"a\"]",
                "[[]1]",
                "[{}{}]"
            })
    void shouldRejectStructure(String text) {
        assertRejected(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "e0bfbf",
                "e18080",
                "ecbfbf",
                "ed8080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f0bfbfbf",
                "f1808080",
                "f3bfbfbf",
                "f4808080",
                "f48fbfbf"
            })
    void shouldAcceptUtf8AtTheBoundaries(String hex) {
        for (int place = 0; place < 17; place++) {
            byte[] text = around(hex, place);
            assertThat(accepts(text)).as("%s after %d", hex, place).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0",
                "c1",
                "c080",
                "c0af",
                "c1bf",
                "c2",
                "c27f",
                "c2c0",
                "df",
                "dfff",
                "e0",
                "e0a0",
                "e08080",
                "e09fbf",
                "e0a07f",
                "e0a0c0",
                "e1",
                "e180",
                "e17f80",
                "e18041",
                "ecbf",
                "eda080",
                "edadbf",
                "edaebf",
                "edb080",
                "edbfbf",
                "eda080edb080",
                "efbf",
                "f0",
                "f090",
                "f09080",
                "f0808080",
                "f08fbfbf",
                "f0907f80",
                "f09080c0",
                "f3bfbf",
                "f4908080",
                "f4bfbfbf",
                "f5808080",
                "f7bfbfbf",
                "f888808080",
                "fc8480808080",
                "fe",
                "ff",
                "c2c280"
            })
    void shouldRejectIllFormedUtf8(String hex) {
        for (int place = 0; place < 17; place++) {
            byte[] text = around(hex, place);
            assertThat(accepts(text)).as("%s after %d", hex, place).isFalse();
            assertThat(accepts(Arrays.copyOf(text, text.length - 1)))
                    .as("%s after %d, no quote", hex, place)
                    .isFalse();
        }
    }

    private static byte[] around(String hex, int place) {
        byte[] sequence = HexFormat.of().parseHex(hex);
        byte[] text = new byte[place + sequence.length + 2];
        Arrays.fill(text, (byte) 'x');
        text[0] = '"';
        System.arraycopy(sequence, 0, text, place + 1, sequence.length);
        text[text.length - 1] = '"';
        return text;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 128, 200})
    void shouldNestExactlyAsDeepAsTheLimit(int depthMax) {
        for (int kind = 0; kind < 4; kind++) {
            assertThat(accepts(nested(depthMax, kind), depthMax))
                    .as("kind %d", kind)
                    .isTrue();
            assertThat(accepts(nested(depthMax + 1, kind), depthMax))
                    .as("kind %d", kind)
                    .isFalse();
        }
    }

    @Test
    void shouldSayWhereNestingIsTooDeep() {
        JsonException failure = failureOf("[[[[]]]]".getBytes(UTF_8), 3);

        assertThat(failure).hasMessage("nesting is deeper than 3");
        assertThat(failure.position()).isEqualTo(3);
    }

    @Test
    void shouldCountNestingOfEnteredLevelsToo() {
        JsonScanner scanner = scannerOf("{\"a\":[[1]]}", 3);
        scanner.enter();
        scanner.member(true, new Slice());
        scanner.skipValue();
        assertThat(scanner.member(false, new Slice())).isFalse();
        scanner.expectEnd();

        JsonScanner tooDeep = scannerOf("{\"a\":[[1]]}", 2);
        tooDeep.enter();
        tooDeep.member(true, new Slice());
        assertThatThrownBy(tooDeep::skipValue).isInstanceOf(JsonException.class);
    }

    @Test
    void shouldCountNestingAndNotContainers() {
        assertThat(accepts(("[" + "[[]],".repeat(1000) + "{\"a\":{}}]").getBytes(UTF_8), 3))
                .isTrue();
    }

    /** Returns nested arrays, objects, or both in turn. The scanner stores one bit for each level. */
    private static byte[] nested(int depth, int kind) {
        var open = new StringBuilder();
        var close = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            boolean object = kind == 1 || (kind > 1 && (i + kind) % 2 == 0);
            boolean last = i == depth - 1;
            open.append(object ? last ? "{" : "{\"a\":" : "[");
            close.insert(0, object ? '}' : ']');
        }
        return open.append(close).toString().getBytes(UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|0|unexpected end of text",
                "`  `|2|unexpected end of text",
                "x|0|expected a value",
                "[1,x]|3|expected a value",
                "[1 x]|3|expected ',' or ']'",
                "{\"a\":1 x}|7|expected ',' or '}'",
                "{\"a\" 1}|5|expected ':'",
                "{1}|1|expected a string",
                "{\"a\":1,}|7|expected a string",
                "[1,]|3|expected a value",
                "[]x|2|unexpected text after the end",
                "1 2|2|unexpected text after the end",
                "-|1|expected a digit",
                "1.|2|expected a digit",
                "1e+x|3|expected a digit",
                "[tru]|1|expected true, false or null",
                "\"abc|4|unexpected end of text in a string",
                "\"a\\|3|unexpected end of text in a string",
                "\"ab\\x\"|3|unknown escape in a string",
                "\"\\u00g0\"|5|expected a hexadecimal digit",
                "\"a\\ud800\"|2|lone surrogate escape in a string",
                "[1|2|expected ',' or ']'",
                "{\"a\":|5|unexpected end of text",
                "01|1|unexpected text after the end"
            })
    void shouldSayWhereAndWhy(String text, int position, String message) {
        for (int shift : new int[] {0, 1, 7}) {
            byte[] bytes = (" ".repeat(shift) + text).getBytes(UTF_8);
            JsonException failure = failureOf(bytes, DEPTH_MAX);
            assertThat(failure).as(text).hasMessage(message);
            assertThat(failure.position()).as(text).isEqualTo(shift + position);
        }
    }

    @Test
    void shouldRejectEveryTruncation() {
        String text = """
                        {"a\\n\u00e9\u20ac":[1.5e+10,-0,true,false,null,"\\ud83d\\ude00\ud83d\ude00 \
                        and more text",{"b":{}},[]]}""";
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(accepts(bytes)).isTrue();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(accepts(Arrays.copyOf(bytes, length)))
                    .as("length %d", length)
                    .isFalse();
            // The bytes after the end must not matter.
            assertThat(accepts(bytes, 0, length, DEPTH_MAX))
                    .as("length %d in the whole", length)
                    .isFalse();
        }
    }

    @Test
    void shouldScanAtEveryOffsetAndNotLookBehindTheEnd() {
        List<String> texts = List.of(
                "1",
                "true",
                "null",
                "false",
                "-1.5e3",
                "\"\"",
                "\"abcdefgh\"",
                "\"abcdefg\\n\"",
                "\"\u00e9\u20ac\ud83d\ude00\"",
                "[\"12345678\"]",
                """
                        {"name":"a value of some length"}""");
        List<String> refused =
                List.of("\"abcdefgh", "\"abc", "tru", "1.", "\"\\u004", "[1,2", "\"abcdefg\u0001\"", "fals", "-");
        for (byte filler : new byte[] {'"', '1', 'e', '}', ']', 0, ' ', (byte) 0x80, '\\'}) {
            for (int from = 0; from < 10; from++) {
                for (int behind = 0; behind < 10; behind++) {
                    for (String text : texts) {
                        byte[] bytes = text.getBytes(UTF_8);
                        assertThat(acceptsWithin(bytes, from, behind, filler))
                                .as("%s at %d, %d behind of %d", text, from, behind, filler)
                                .isTrue();
                    }
                    for (String text : refused) {
                        byte[] bytes = text.getBytes(UTF_8);
                        assertThat(acceptsWithin(bytes, from, behind, filler))
                                .as("%s at %d, %d behind of %d", text, from, behind, filler)
                                .isFalse();
                    }
                }
            }
        }
    }

    private static boolean acceptsWithin(byte[] text, int from, int behind, byte filler) {
        byte[] larger = new byte[from + text.length + behind];
        Arrays.fill(larger, filler);
        System.arraycopy(text, 0, larger, from, text.length);
        return accepts(larger, from, from + text.length, DEPTH_MAX);
    }

    @Test
    void shouldCutValuesExactly() {
        String text = " " + """
                [ 1.50 , "a\\u0062" ,{ "x" : [ ] }\t,\n true,null ]\s""";
        JsonScanner scanner = scannerOf(text, DEPTH_MAX);
        List<String> values = new ArrayList<>();
        Slice slice = new Slice();
        assertThat(scanner.peek()).isEqualTo((byte) '[');
        scanner.enter();
        for (boolean first = true; scanner.element(first); first = false) {
            scanner.value(slice);
            values.add(slice.toString());
        }
        scanner.expectEnd();

        assertThat(values).containsExactly("1.50", "\"a\\u0062\"", "{ \"x\" : [ ] }", "true", "null");
        assertThat(new String(scanner.text(), UTF_8))
                .as("values stay as they came")
                .isEqualTo(text);
    }

    @Test
    void shouldWalkMembersWithCanonicalNames() {
        JsonScanner scanner = scannerOf("""
                {"\\u0061":1,"b\\/\\u00e9" : {"c":2} }""", DEPTH_MAX);
        List<String> members = new ArrayList<>();
        Slice name = new Slice();
        Slice value = new Slice();
        scanner.peek();
        scanner.enter();
        for (boolean first = true; scanner.member(first, name); first = false) {
            String text = name.toString();
            scanner.value(value);
            members.add(text + "=" + value);
        }
        scanner.expectEnd();

        assertThat(members).containsExactly("a=1", "b/\u00e9={\"c\":2}");
    }

    @Test
    void shouldPeekWithoutConsuming() {
        JsonScanner scanner = scannerOf("  \n 7 ", DEPTH_MAX);

        assertThat(scanner.peek()).isEqualTo((byte) '7');
        assertThat(scanner.peek()).isEqualTo((byte) '7');
        assertThat(scanner.position()).isEqualTo(4);
        scanner.skipValue();
        assertThat(scanner.peek()).isZero();
    }

    @Test
    void shouldBeUsedAgainAfterAFailure() {
        JsonScanner scanner = new JsonScanner(2);
        for (int i = 0; i < 10; i++) {
            byte[] bad = "[[1,".getBytes(UTF_8);
            scanner.reset(bad, 0, bad.length);
            assertThatThrownBy(scanner::skipValue).isInstanceOf(JsonException.class);
            byte[] good = "[{}]".getBytes(UTF_8);
            scanner.reset(good, 0, good.length);
            scanner.skipValue();
            scanner.expectEnd();
        }
    }

    @Test
    void shouldAcceptEveryRandomDocumentAndNoneOfItsTruncations() {
        long seed = 20_261_123L;
        Random random = new Random(seed);
        RandomJson documents = new RandomJson(random);
        for (int i = 0; i < 300; i++) {
            byte[] text = ("[" + documents.space() + documents.value(4) + documents.space() + "]").getBytes(UTF_8);
            assertThat(accepts(text))
                    .as("seed %d, document %d: %s", seed, i, new String(text, UTF_8))
                    .isTrue();
            for (int length = 0; length < text.length; length++) {
                assertThat(accepts(text, 0, length, DEPTH_MAX))
                        .as("seed %d, document %d, length %d", seed, i, length)
                        .isFalse();
            }
        }
    }

    private static void assertAccepted(String text) {
        assertThat(accepts(text.getBytes(UTF_8))).as(text).isTrue();
    }

    private static void assertRejected(String text) {
        assertThat(accepts(text.getBytes(UTF_8))).as(text).isFalse();
    }

    private static boolean accepts(byte[] text) {
        return accepts(text, 0, text.length, DEPTH_MAX);
    }

    private static boolean accepts(byte[] text, int depthMax) {
        return accepts(text, 0, text.length, depthMax);
    }

    private static boolean accepts(byte[] text, int from, int to, int depthMax) {
        JsonScanner scanner = new JsonScanner(depthMax);
        scanner.reset(text, from, to);
        try {
            scanner.skipValue();
            scanner.expectEnd();
            assertThat(scanner.position()).isEqualTo(to);
            return true;
        } catch (JsonException e) {
            assertThat(e.position()).as("position of %s", e.getMessage()).isBetween(from, to);
            return false;
        }
    }

    private static int positionOf(byte[] text) {
        return failureOf(text, DEPTH_MAX).position();
    }

    private static JsonException failureOf(byte[] text, int depthMax) {
        JsonScanner scanner = new JsonScanner(depthMax);
        scanner.reset(text, 0, text.length);
        return catchThrowableOfType(JsonException.class, () -> {
            scanner.skipValue();
            scanner.expectEnd();
        });
    }

    private static JsonScanner scannerOf(String text, int depthMax) {
        JsonScanner scanner = new JsonScanner(depthMax);
        byte[] bytes = text.getBytes(UTF_8);
        scanner.reset(bytes, 0, bytes.length);
        return scanner;
    }
}
