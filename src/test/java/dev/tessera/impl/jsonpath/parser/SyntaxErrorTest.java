package dev.tessera.impl.jsonpath.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tessera.testing.Layer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class SyntaxErrorTest {

    private static JsonPathSyntaxException refused(String query) {
        return catchThrowableOfType(JsonPathSyntaxException.class, () -> QueryParser.parse(query, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "## | 1 | expected '$' at the start, found the end",
                "a.b | 1 | expected '$' at the start, found 'a'",
                "$. | 3 | expected a name or '*' after '.', found the end",
                "$.. | 4 | expected a name, '[' or '*' after '..', found the end",
                "$.a b | 5 | expected '.', '[' or the end, found 'b'",
                "#$ # | 2 | blank space at the end is not allowed",
                "$[01] | 3 | a number does not start with 0 and further digits",
                "$[-0] | 3 | -0 is not an index",
                "$[9007199254740992] | 3 | this integer is beyond 2^53 - 1",
                "$['a | 3 | this string is not closed",
                "$['a\\x'] | 5 | this escape is not known",
                "$['☺𝄞\\uD800'] | 6 | this is half of a surrogate pair",
                "$[?@.a = 1] | 8 | there is no operator '='; equality is '=='",
                "$[?@.* == 1] | 4 | a query that may select several nodes cannot be compared; "
                        + "only names and indexes may be used here, without blank space inside their brackets",
                "$[?@[ 'a' ] == 1] | 4 | a query that may select several nodes cannot be compared; "
                        + "only names and indexes may be used here, without blank space inside their brackets",
                "$[?length(@.a)] | 4 | the result of length() must be compared",
                "$[?true] | 4 | a literal must be compared",
                "$[?maybe] | 4 | 'maybe' is not true, false, null or a function with its '(' directly after it",
                "$[?first(@.a)] | 4 | there is no function first()",
                "$[?count(1) > 1] | 10 | the argument of count() must be a query",
                "$[?match(@.a)] | 4 | match() takes 2 arguments, not 1",
                "$[?length(@.a == 1) == 1] | 11 | a logical expression cannot be an argument of length()",
                "$[?match(@.a, 'x') == true] | 4 | the result of match() cannot be compared",
                "$[?match(@.a, 'a{20000}')] | 15 | the regular expression has more than 10000 steps",
                "$[?(@.a] | 8 | expected ')' after the expression, found ']'",
                "$[?!@.a == 1] | 9 | expected ']' or ',' after a selector, found '='"
            })
    void shouldNameTheCharacterAndTheTrouble(String query, int position, String what) {
        JsonPathSyntaxException refused = refused(query);
        assertThat(refused).as(query).isNotNull();
        assertThat(refused).hasMessage("character " + position + " of the path: " + what);
        assertThat(refused.position()).isEqualTo(position);
        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void shouldRefuseDeepNesting() {
        assertThat(refused("$[?" + "(".repeat(5000))).hasMessageContaining("nested deeper than 64");
        assertThat(refused("$" + "[?@".repeat(2000))).hasMessageContaining("nested deeper than 64");
        assertThat(refused("$[?" + "length(".repeat(1500))).hasMessageContaining("nested deeper than 64");
        assertThat(refused("$[?" + "!".repeat(5000))).isNotNull();
    }

    @Test
    void shouldRefuseTooManySegments() {
        assertThat(refused("$" + ".a".repeat(ParserLimits.SEGMENTS_MAX))).isNull();
        assertThat(refused("$" + ".a".repeat(ParserLimits.SEGMENTS_MAX + 1)))
                .hasMessageContaining("more than 512 segments");
    }

    @Test
    void shouldRefuseHalfOfASurrogatePairAnywhere() {
        assertThat(refused("$.\uD800")).isNotNull();
        assertThat(refused("$['\uDC00']")).isNotNull();
        assertThat(refused("$.a\uD800b")).isNotNull();
    }

    @Test
    void shouldGiveAQueryOrAClearErrorForAnyText() {
        long seed = Long.getLong("jsonpath.seed", System.nanoTime());
        Random random = new Random(seed);
        String[] parts = {
            "$",
            "@",
            ".",
            "..",
            "[",
            "]",
            "(",
            ")",
            "?",
            "!",
            "&&",
            "||",
            "==",
            "<=",
            ">",
            ",",
            ":",
            "*",
            "'a'",
            "\"b\"",
            "a",
            "length",
            "count",
            "match",
            "value",
            "true",
            "null",
            "0",
            "-1",
            "1e3",
            " ",
            "\\",
            "'",
            "\"",
            "\\u00e9",
            "☺",
            "\uD834",
            "\n",
            "'a{3}'",
            "length(",
            "count(@..*)",
            "@.a",
            "$.b",
            "[?"
        };
        for (int i = 0; i < 200_000; i++) {
            StringBuilder query = new StringBuilder(random.nextInt(8) == 0 ? "" : "$[?");
            for (int j = random.nextInt(14); j > 0; j--) {
                query.append(
                        random.nextInt(20) == 0
                                ? Character.toString(random.nextInt(0xFFFF))
                                : parts[random.nextInt(parts.length)]);
            }
            String text = query.append(random.nextBoolean() ? "]" : "").toString();
            try {
                QueryParser.parse(text, random.nextBoolean());
            } catch (JsonPathSyntaxException e) {
                assertThat(e.position())
                        .as("seed " + seed + ": " + text)
                        .isBetween(1, text.codePointCount(0, text.length()) + 1);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }
}
