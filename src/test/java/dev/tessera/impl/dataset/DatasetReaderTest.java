package dev.tessera.impl.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class DatasetReaderTest {

    private static final ReadLimits LIMITS = new ReadLimits(1_000_000, 64);
    private static final String TWO_SESSIONS = """
      [{"sh":{"tkn":18446744073709551615,"shared":true,"name":"\\u00e9\\"",\
      "expiry":{"duration":7,"deleteSession":true}},"keys":\
      {"a":[1, {"b":1e400}],"\\u0061b":"x"}},
      {"sh":{"tkn":2,"expiry":{"duration":0,"deleteSession":false},"shared":false},"keys":{}}]""";

    @TempDir
    Path directory;

    @Test
    void shouldReadTheSessionsOfAFile() throws Exception {
        assertThat(read(TWO_SESSIONS).whole())
                .containsExactly(
                        new Collector.Saved(
                                -1, true, "é\\\"", 7, true, Map.of("a", "[1, {\"b\":1e400}]", "ab", "\"x\"")),
                        new Collector.Saved(2, false, "", 0, false, Map.of()));
    }

    @Test
    void shouldReadKeysThatPrecedeTheirHeader() throws Exception {
        assertThat(read("[{\"keys\":{\"b\":1,\"a\":2},\"sh\":{\"tkn\":1}},{\"sh\":{\"tkn\":2}},{},"
                                + "{\"keys\":{},\"sh\":{\"tkn\":3}}]")
                        .whole())
                .containsExactly(
                        new Collector.Saved(1, false, "", 0, false, Map.of("b", "1", "a", "2")),
                        new Collector.Saved(2, false, "", 0, false, Map.of()),
                        new Collector.Saved(3, false, "", 0, false, Map.of()));
    }

    @Test
    void shouldReadTheEndsOfKeysAnywhere() throws Exception {
        for (String members : new String[] {
            "'sh':{'tkn':1},'keys':{'a':1,'b':2,'c':3},'ends':{'b':7,'c':18446744073709551615,'d':9}",
            "'sh':{'tkn':1},'ends':{'b':7,'c':18446744073709551615,'d':9},'keys':{'a':1,'b':2,'c':3}",
            "'ends':{'b':7,'c':18446744073709551615,'d':9},'keys':{'a':1,'b':2,'c':3},'sh':{'tkn':1}",
            "'keys':{'a':1,'b':2,'c':3},'sh':{'tkn':1},'ends':{'b':7,'c':18446744073709551615,'d':9}"
        }) {
            String session = "{" + members.replace((char) 39, '"') + "}";

            assertThat(read("[" + session + "," + session + "]").whole())
                    .as(members)
                    .hasSize(2)
                    .allSatisfy(read -> assertThat(read.keys())
                            .isEqualTo(Map.of("a", "1", "b", "2@7", "c", "3@" + Long.MAX_VALUE)));
        }
    }

    @Test
    void shouldReadAnEmptyArrayAndWhiteSpace() throws Exception {
        assertThat(read(" [ ] \n").whole()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                               | 0 | unexpected end of the file",
                "{}                             | 0 | expected '['",
                "[                              | 1 | unexpected end of the file",
                "[1]                            | 1 | expected '{'",
                "[{}                            | 3 | unexpected end of the file",
                "[{}}                           | 3 | expected ',' or ']'",
                "[{},]                          | 4 | expected '{'",
                "[{}]x                          | 4 | unexpected text after the end",
                "[{\"keys\":{}}]                | 1 | a session has no 'sh'",
                "[{\"sh\":{}}]                  | 7 | 'sh.tkn' is missing",
                "[{\"sh\":7}]                   | 7 | expected '{'",
                "[{\"sh\":{\"tkn\":-1}}]        | 7 | 'sh.tkn' is no integer of 0 to 18446744073709551615",
                "[{\"sh\":{\"tkn\":18446744073709551616}}] | 7 | 'sh.tkn' is no integer of 0 to 18446744073709551615",
                "[{\"sh\":{\"tkn\":1,\"tkn\":1}}] | 7 | 'sh.tkn' is there twice",
                "[{\"sh\":{\"tkn\":1,\"owner\":1}}] | 7 | 'sh' has a member 'owner', which is not known here",
                "[{\"sh\":{\"tkn\":1,\"shared\":1}}] | 7 | 'sh.shared' is neither true nor false",
                "[{\"sh\":{\"tkn\":1,\"name\":1}}] | 7 | 'sh.name' is no string",
                "[{\"sh\":{\"tkn\":1,\"expiry\":1}}] | 7 | 'sh.expiry' is no object",
                "[{\"sh\":{\"tkn\":1,\"expiry\":{\"duration\":1}}}] | 7 | 'sh.expiry.deleteSession' is missing",
                "[{\"sh\":{\"tkn\":1,\"expiry\":{\"duration\":1,\"deleteSession\":0}}}] | 7 | "
                        + "'sh.expiry.deleteSession' is neither true nor false",
                "[{\"sh\":{\"tkn\":1}, \"sh\":{\"tkn\":1}}] | 18 | "
                        + "a session has one 'sh', one 'keys' and at most one 'ends', "
                        + "and no other member, as here 'sh',",
                "[{\"sh\":{\"tkn\":1}, \"else\":1}] | 18 | "
                        + "a session has one 'sh', one 'keys' and at most one 'ends', "
                        + "and no other member, as here 'else',",
                "[{\"sh\":{\"tkn\":1},\"ends\":{},\"ends\":{}}] | 27 | "
                        + "a session has one 'sh', one 'keys' and at most one 'ends', "
                        + "and no other member, as here 'ends',",
                "[{\"sh\":{\"tkn\":1},\"ends\":[]}] | 24 | expected '{'",
                "[{\"sh\":{\"tkn\":1},\"ends\":{\"a\":-1}}] | 29 | an end is no integer of 0 to 18446744073709551615,",
                "[{\"sh\":{\"tkn\":1},\"ends\":{\"a\": 1.5}}] | 30 | an end is no integer of 0 to 18446744073709551615,",
                "[{\"sh\":{\"tkn\":1},\"keys\":[]}] | 24 | expected '{'",
                "[{\"sh\":{\"tkn\":1},\"keys\":{\"a\":01}}] | 30 | expected ',' or '}'",
                "[{\"sh\":{\"tkn\":1},\"keys\":{\"a\":tru}}] | 29 | expected true, false or null",
                "[{\"sh\":{\"tkn\":1},\"keys\":{\"\\ud800\":1}}] | 26 | lone surrogate escape in a string",
                "[{\"sh\":{\"tkn\":1},\"keys\":{a:1}}] | 25 | expected a string",
                "[{\"sh\":{\"tkn\":1},\"keys\":{\"a\" 1}}] | 29 | expected ':'",
            })
    void shouldReportFaultAndPosition(String text, long position, String what) throws Exception {
        Path file = write(text == null ? "" : text);

        assertThatThrownBy(() -> new Collector().read(file, LIMITS))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith(DatasetMessages.damaged(Path.of("data/0"), what, position));
    }

    @Test
    void shouldReportValuesThatAreTooDeepOrTooLong() throws Exception {
        Path file = write("""
                [{"sh":{"tkn":1},"keys":{"a":[[[1]]],"b":"0123456789"}}]""");

        assertThatThrownBy(() -> new Collector().read(file, new ReadLimits(100, 2)))
                .hasMessageEndingWith("nesting is deeper than 2 at byte 31");
        assertThatThrownBy(() -> new Collector().read(file, new ReadLimits(11, 9)))
                .hasMessageEndingWith(
                        "a key or value is longer than the 11 bytes that limits.maxPayloadBytes allows, at byte 41");
    }

    /** Checks that the reader stops at the limit, although it reads a smaller part of the file at a time. */
    @Test
    void shouldStopAtALongValueBeforeItsEnd() throws Exception {
        Path file = write("""
                [{"sh":{"tkn":1},"keys":{"a":"%s"}}]""".formatted("x".repeat(5_000_000)));

        assertThatThrownBy(() -> new Collector().read(file, LIMITS))
                .hasMessageContaining("longer than the 1000000 bytes")
                .hasMessageEndingWith("at byte 29");
        assertThat(new Collector()
                        .read(file, new ReadLimits(6_000_000, 9))
                        .whole()
                        .get(0)
                        .keys()
                        .get("a"))
                .hasSize(5_000_002);
    }

    @Test
    void shouldReturnOnlyCompleteSessionsWhereverTheFileEnds() throws Exception {
        var all = read(TWO_SESSIONS).whole();
        byte[] text = TWO_SESSIONS.getBytes(UTF_8);
        for (int length = 0; length < text.length; length++) {
            Collector collector = new Collector();
            Path file = write(new String(text, 0, length, UTF_8));

            assertThatThrownBy(() -> collector.read(file, LIMITS))
                    .as("%d bytes", length)
                    .isInstanceOf(DatasetException.class);
            assertThat(collector.whole())
                    .as("%d bytes", length)
                    .isEqualTo(all.subList(0, collector.whole().size()));
        }
    }

    @Test
    void shouldReportThePositionIfABitFlips() throws Exception {
        var all = read(TWO_SESSIONS).whole();
        byte[] text = TWO_SESSIONS.getBytes(UTF_8);
        Pattern position = Pattern.compile("at byte (\\d+)$");
        for (int i = 0; i < text.length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] flipped = text.clone();
                flipped[i] ^= (byte) (1 << bit);
                Collector collector = new Collector();
                Path file = Files.write(directory(), flipped);
                try {
                    collector.read(file, LIMITS);
                } catch (DatasetException e) {
                    Matcher found = position.matcher(e.getMessage());
                    assertThat(found.find()).as(e.getMessage()).isTrue();
                    assertThat(Long.parseLong(found.group(1))).isBetween(0L, (long) text.length);
                    assertThat(collector.whole()).hasSizeLessThanOrEqualTo(all.size());
                    continue;
                }
                // The flip may only change a value or a name, and then the save is still valid.
                assertThat(collector.whole()).hasSameSizeAs(all);
            }
        }
    }

    private Collector read(String text) throws Exception {
        return new Collector().read(write(text), LIMITS);
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory(), text);
    }

    private Path directory() throws Exception {
        return Files.createDirectories(directory.resolve("data")).resolve("0");
    }
}
