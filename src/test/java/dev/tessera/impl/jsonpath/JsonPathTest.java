package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.text.Utf8Appender;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class JsonPathTest {

    private static final String PHONES = """
      [{"make":"Apple","model":"iPhone 14","price":799},
       {"make":"Samsung","model":"Galaxy","price":650.50},
       {"make":"Apple","model":"iPhone 12","price":399}]""";

    @Test
    void shouldTakeTheFormsThatUsersOfTheProtocolWrite() {
        assertThat(Search.paths("$[?(@.make == 'Samsung')]", PHONES)).containsExactly("$[1]");
        assertThat(Search.paths("$[?(@.make == 'Apple' && @.model == 'iPhone 14')]", PHONES))
                .containsExactly("$[0]");
        assertThat(Search.values("$[?(@.timestamp > 1234 && @.timestamp < 1238)]", """
                                [{"timestamp":1234},{"timestamp":1236},{"timestamp":1238}]"""))
                .containsExactly("{\"timestamp\":1236}");
        assertThat(Search.run("$.access[?(@.level > 2)].permit", """
                                {"access":[{"level":3,"permit":"rw"},{"level":2,"permit":"r"}]}"""))
                .isEqualTo(new Search(List.of("\"rw\""), List.of("$['access'][0]['permit']")));
        assertThat(Search.values("$.address.city", """
                {"address":{"city":"Bonn"}}""")).containsExactly("\"Bonn\"");
    }

    @Test
    void shouldWriteNormalizedPathsAsTheRfcDoes() {
        String json = """
                        {"'":1,"\\\\":2,"\\"":3,"\\b\\t\\n\\f\\r":4,"\\u000b\\u001F":5,"\\u007f":6,\
                        "\\u00e9𝄞":7,"/":8}""";
        assertThat(Search.paths("$.*", json))
                .containsExactly(
                        "$['\\'']",
                        "$['\\\\']",
                        "$['\"']",
                        "$['\\b\\t\\n\\f\\r']",
                        "$['\\u000b\\u001f']",
                        "$['\u007f']",
                        "$['é𝄞']",
                        "$['/']");
    }

    @Test
    void shouldSelectANodeByItsNormalizedPath() {
        String json = """
                {"'":{"\\\\":[0,{"\\u0000":1}]}}""";
        for (String path : Search.paths("$..*", json)) {
            assertThat(Search.paths(path, json)).containsExactly(path);
        }
    }

    @Test
    void shouldAppendPathsToABufferThatIsUsedAgain() {
        byte[] json = "{\"é\":[1,2]}".getBytes(StandardCharsets.UTF_8);
        Utf8Appender out = new Utf8Appender();
        StringBuilder all = new StringBuilder();
        JsonPath.compile("$.é[*]").forEach(json, 0, json.length, Budgets.unlimited(), node -> {
            out.reset();
            node.appendPathTo(out);
            all.append(new String(out.buffer(), 0, out.length(), StandardCharsets.UTF_8))
                    .append(' ');
        });
        assertThat(all).hasToString("$['é'][0] $['é'][1] ");
    }

    @Test
    void shouldCompareMemberNamesWithTheirEscapesResolved() {
        assertThat(Search.values("$.name", "{\"n\\u0061me\":1}")).containsExactly("1");
        assertThat(Search.values("$[?@.name == 'é']", """
                [{"n\\u0061me":"\\u00e9"},{"name":"e"}]""")).hasSize(1);
        assertThat(Search.values("$['𝄞']", "{\"\\uD834\\uDD1E\":1}")).containsExactly("1");
    }

    @Test
    void shouldTakeEveryRepeatedMemberForWildcardsAndTheLastByName() {
        String json = """
                {"a":1,"b":2,"a":3}""";
        assertThat(Search.values("$.*", json)).containsExactly("1", "2", "3");
        assertThat(Search.values("$..*", json)).containsExactly("1", "2", "3");
        assertThat(Search.values("$.a", json)).containsExactly("3");
        assertThat(Search.values("$[?@.a == 3]", "[" + json + "]")).hasSize(1);
        assertThat(Search.values("$[?@.x == @.y]", """
                [{"x":%s,"y":{"b":2,"a":3}}]""".formatted(json))).hasSize(1);
    }

    @Test
    void shouldCompareNumbersExactly() {
        String json = "[9007199254740993, 9007199254740992, 1e400, 1.0, -0]";
        assertThat(Search.paths("$[?@ == 9007199254740993]", json)).containsExactly("$[0]");
        assertThat(Search.paths("$[?@ == 1e401]", json)).isEmpty();
        assertThat(Search.paths("$[?@ == 10e399]", json)).containsExactly("$[2]");
        assertThat(Search.paths("$[?@ == 1]", json)).containsExactly("$[3]");
        assertThat(Search.paths("$[?@ == 0]", json)).containsExactly("$[4]");
    }

    @Test
    void shouldCompareStringsByCodePoint() {
        assertThat(Search.values("$[?@ > '\uFFEE']", """
                ["𝄞","\\uD834\\uDD1E","z"]""")).hasSize(2);
    }

    @Test
    void shouldCompareWholeValuesInDepth() {
        String json = """
        [{"x":[1,{"a":1,"b":[]}],"y":[1.0,{"b":[],"\\u0061":1}]},{"x":[1],"y":[1,2]},\
        {"x":{"a":1},"y":{"a":1,"b":2}},{"x":{},"y":[]}]""";
        assertThat(Search.paths("$[?@.x == @.y]", json)).containsExactly("$[0]");
        assertThat(Search.paths("$[?@.x <= @.y]", json)).containsExactly("$[0]");
        assertThat(Search.paths("$[?@.x < @.y]", json)).isEmpty();
    }

    @Test
    void shouldStopAtTheFirstMatch() {
        byte[] json = "[1,2,3]".getBytes(StandardCharsets.UTF_8);
        EvaluationBudget budget = EvaluationBudget.start(() -> 0, 1, 1);
        assertThat(JsonPath.compile("$.*").matches(json, 0, json.length, budget))
                .isTrue();
        assertThat(budget.results()).isEqualTo(1);
        assertThat(JsonPath.compile("$.a").matches(json, 0, json.length, Budgets.unlimited()))
                .isFalse();
    }

    @Test
    void shouldFindScalarsAtTheRoot() {
        for (String scalar : List.of("1", "\"x\"", "true", "null")) {
            assertThat(Search.values("$", " " + scalar + " ")).containsExactly(scalar);
            assertThat(Search.values("$.a", scalar)).isEmpty();
            assertThat(Search.values("$..*", scalar)).isEmpty();
            assertThat(Search.values("$[0, 'a', ::-1, ?@]", scalar)).isEmpty();
        }
    }

    @Test
    void shouldKeepTheQueryAsItWasWritten() {
        assertThat(JsonPath.compile("$[ 'a' ]")).hasToString("$[ 'a' ]");
    }
}
