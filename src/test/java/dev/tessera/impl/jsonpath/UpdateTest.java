package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException.Limit;
import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class UpdateTest {

    private static UpdateResult update(String query, String json, String replacement, int bytesMax) {
        byte[] text = ("##" + json + "##").getBytes(StandardCharsets.UTF_8);
        return JsonPath.compile(query)
                .update(
                        text,
                        2,
                        text.length - 2,
                        replacement.getBytes(StandardCharsets.UTF_8),
                        bytesMax,
                        Budgets.unlimited());
    }

    @Test
    void shouldKeepEverythingAroundThePlaceByteForByte() {
        assertThat(Search.update("$.a[1]", " " + """
                { "\\u0061" : [ 1e0 , 2.00 ,3] ,\n "b":"\\/" }\s""", "{\"x\": 1}")).isEqualTo(" " + """
                        { "\\u0061" : [ 1e0 , {"x": 1} ,3] ,\n "b":"\\/" }\s""");
    }

    @Test
    void shouldReplaceEveryMatch() {
        UpdateResult result = update("$[?(@.on == true)].level", """
                        [{"on":true,"level":1},{"on":false,"level":1},{"level":9,"on":true}]""", "null", 1000);
        assertThat(result.count()).isEqualTo(2);
        assertThat(new String(result.json(), StandardCharsets.UTF_8)).isEqualTo("""
                        [{"on":true,"level":null},{"on":false,"level":1},{"level":null,"on":true}]""");
    }

    @Test
    void shouldChangeNothingWithoutAMatch() {
        UpdateResult result = update("$.b", "{ \"a\" : 1 }", "2", 0);
        assertThat(result.count()).isZero();
        assertThat(new String(result.json(), StandardCharsets.UTF_8)).isEqualTo("{ \"a\" : 1 }");
    }

    @Test
    void shouldReplaceTheOuterOfNestedMatches() {
        UpdateResult result = update("$..a", """
                {"x":{"a":{"a":1,"b":[{"a":2}]}},"a":3}""", "0", 1000);
        assertThat(result.count()).isEqualTo(2);
        assertThat(new String(result.json(), StandardCharsets.UTF_8)).isEqualTo("""
                {"x":{"a":0},"a":0}""");
    }

    @Test
    void shouldCountAPlaceThatIsSelectedSeveralTimesOnce() {
        UpdateResult result = update("$[0,0,-2,?@ == 1,::-1]", "[1,2]", "5", 1000);
        assertThat(result.count()).isEqualTo(2);
        assertThat(new String(result.json(), StandardCharsets.UTF_8)).isEqualTo("[5,5]");
    }

    @Test
    void shouldReplaceTheWholeValue() {
        assertThat(Search.update("$", " {\"a\":1} ", "7")).isEqualTo(" 7 ");
    }

    @Test
    void shouldReplaceTheLastOfRepeatedMembersByNameAndAllByWildcard() {
        assertThat(Search.update("$.a", """
                {"a":1,"a":2}""", "0")).isEqualTo("""
                {"a":1,"a":0}""");
        assertThat(Search.update("$.*", """
                {"a":1,"a":2}""", "0")).isEqualTo("""
                {"a":0,"a":0}""");
    }

    @Test
    void shouldRefuseAResultThatIsTooLarge() {
        assertThat(update("$.*", "[1,2]", "100", 9).count()).isEqualTo(2);
        assertThatThrownBy(() -> update("$.*", "[1,2]", "100", 8))
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        e -> assertThat(e.limit()).isEqualTo(Limit.OUTPUT));
    }
}
