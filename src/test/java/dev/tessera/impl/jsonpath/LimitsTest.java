package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException.Limit;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.parser.JsonPathSyntaxException;
import dev.tessera.impl.jsonpath.parser.ParserLimits;
import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class LimitsTest {

    /** Half the stack of a server thread. */
    private static final long STACK_BYTES = 512 * 1024;

    private static final int DEPTH = 4_096;
    private static final String DEEP_ARRAYS = "[".repeat(DEPTH) + "]".repeat(DEPTH);
    private static final String DEEP_OBJECTS = "{\"a\":".repeat(DEPTH - 1) + "{}" + "}".repeat(DEPTH - 1);

    /** Returns a budget whose clock advances by one with each reading. */
    private static EvaluationBudget clockReads(long max) {
        return EvaluationBudget.start(new AtomicLong()::getAndIncrement, max, Long.MAX_VALUE);
    }

    private static void count(String query, String json, EvaluationBudget budget) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonPath.compile(query).forEach(bytes, 0, bytes.length, budget, node -> {});
    }

    private static void onASmallStack(Runnable task) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, task, "small stack", STACK_BYTES);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void shouldWalkTheDeepestTextsOnASmallStack() throws InterruptedException {
        onASmallStack(() -> {
            assertThat(Search.values("$..a", DEEP_OBJECTS)).hasSize(DEPTH - 1);
            assertThat(Search.values("$..[0]", DEEP_ARRAYS)).hasSize(DEPTH - 1);
            assertThat(Search.values("$[?@ == $[0]]", "[" + DEEP_OBJECTS + "," + DEEP_OBJECTS + "]"))
                    .hasSize(2);
            assertThat(Search.values("$[?count(@..*) == 4095]", "[" + DEEP_ARRAYS + "]"))
                    .hasSize(1);
        });
    }

    @Test
    void shouldRunTheLongestQueriesOnASmallStack() throws InterruptedException {
        onASmallStack(() -> {
            assertThat(Search.values("$" + "[0]".repeat(ParserLimits.SEGMENTS_MAX), DEEP_ARRAYS))
                    .hasSize(1);
            assertThat(Search.values("$" + ".*".repeat(ParserLimits.SEGMENTS_MAX), DEEP_OBJECTS))
                    .hasSize(1);
            assertThatThrownBy(
                            () -> count("$" + "..*".repeat(ParserLimits.SEGMENTS_MAX), DEEP_ARRAYS, clockReads(5_000)))
                    .isInstanceOf(BudgetExceededException.class);
            assertThat(Search.values("$" + "[?@".repeat(60) + "]".repeat(60), DEEP_ARRAYS))
                    .hasSize(1);
            assertThat(Search.values("$[?" + "(".repeat(60) + "@" + ")".repeat(60) + "]", "[1]"))
                    .hasSize(1);
        });
    }

    @Test
    void shouldStopARunawayQueryWhenTheTimeIsOver() {
        String json = "[" + "[[[[1,2,3],[4,5,6]],[[7]]]],".repeat(5_000) + "0]";
        assertThatThrownBy(() -> count("$..*..*..*..[?@..[?@ == 99]]", json, clockReads(20)))
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        e -> assertThat(e.limit()).isEqualTo(Limit.TIME));
    }

    @Test
    void shouldStopARunawayQueryWhenItHasTooManyResults() {
        EvaluationBudget budget = EvaluationBudget.start(() -> 0, 1, 1_000);
        assertThatThrownBy(() -> count("$..*..*..*", DEEP_ARRAYS, budget))
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        e -> assertThat(e.limit()).isEqualTo(Limit.RESULTS));
    }

    @Test
    void shouldNoticeEveryKindOfWork() {
        String numbers = "[" + "1,".repeat(20_000) + "1]";
        String objects = "[" + """
                {"x":{"a":1,"b":2},"y":{"b":2,"a":1}},""".repeat(2_000) + "0]";
        String runs = "[\"" + "x".repeat(20_000) + "\"," + "1".repeat(20_000) + "," + " ".repeat(20_000) + "1]";
        for (String query : new String[] {
            "$.runs[1,1,1]",
            "$.runs[2,2,2]",
            "$.runs[?@ == 'x' || @ == 1 || @ != 'y']",
            "$[" + "*,".repeat(60) + "*].none",
            "$[" + "-1,".repeat(60) + "-1].none",
            "$[" + "::-1,".repeat(60) + "::-1].none",
            "$[" + "99999,".repeat(60) + "99999].none",
            "$[?" + "@ == 0 || ".repeat(60) + "@ == 0]['none']",
            "$[?@ == 1][" + "0,".repeat(1000) + "0]",
            "$[?$.length == @ || $[-1] == 5].none",
            "$[?@.x != @.y || @.y != @.x || @.x != @.y || @.y != @.x || count(@..*) == 0 || length(@.x) == 9]"
        }) {
            String json =
                    query.contains("runs") ? "{\"runs\":" + runs + "}" : query.contains("@.x") ? objects : numbers;
            assertThat(catchThrowable(() -> count(query, json, clockReads(1))))
                    .as(query)
                    .isInstanceOf(BudgetExceededException.class);
        }
    }

    @Test
    void shouldSearchManyTimesForConstantPartsOnlyOnce() {
        String json = """
                {"limit":{"a":[1,2]},"list":[%s0]}""".formatted("[1,2],".repeat(20_000));
        count("$.list[?@ == $.limit.a || count($..a) == 7 || $..none]", json, clockReads(200));
    }

    @Test
    void shouldRefuseQueriesThatAreTooLong() {
        assertThatThrownBy(() -> JsonPath.compile("$.aaaa", new JsonPathOptions(false, 5)))
                .isInstanceOf(JsonPathSyntaxException.class)
                .hasMessage("character 6 of the path: the path is longer than 5 characters");
    }

    @Test
    void shouldBoundTheRegularExpressionsOfAQueryTogether() {
        String half = "search(@, 'a{4990}')";

        assertThat(JsonPath.compile("$[?search(@, 'a{9998}')]")).isNotNull();
        assertThat(JsonPath.compile("$[?" + half + " || " + half + "]")).isNotNull();
        assertThatThrownBy(() -> JsonPath.compile("$[?" + half + " || " + half + "][?" + half + "]"))
                .isInstanceOf(JsonPathSyntaxException.class)
                .hasMessage("character 61 of the path: the regular expressions of the path "
                        + "have more than 10000 steps together");
    }
}
