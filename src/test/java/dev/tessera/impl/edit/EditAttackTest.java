package dev.tessera.impl.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.testing.Layer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values and patches that try to make a change slow or large. The clock counts steps of the budget. */
@Tag(Layer.UNIT)
class EditAttackTest {

    private static final int MB = 1_000_000;

    /** The number of times that the clock was read. */
    private long reads;

    private EvaluationBudget counting() {
        return EvaluationBudget.start(() -> reads++, Long.MAX_VALUE / 2, Long.MAX_VALUE);
    }

    private EvaluationBudget ofSteps(long steps) {
        return EvaluationBudget.start(() -> reads++, steps / EvaluationBudget.STEPS_PER_CLOCK_READ, Long.MAX_VALUE);
    }

    private long steps() {
        return reads * EvaluationBudget.STEPS_PER_CLOCK_READ;
    }

    private static String largeObject() {
        StringBuilder value = new StringBuilder("{\"m0\":0");
        for (int i = 1; value.length() < MB * 9 / 10; i++) {
            value.append(",\"m").append(i).append("\":").append(i);
        }
        return value.append('}').toString();
    }

    private static String operations(int count, String format) {
        StringBuilder patch = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            patch.append(i == 0 ? "" : ",").append(format.formatted(i));
        }
        return patch.append(']').toString();
    }

    @Test
    void shouldPatchALargeObjectInTimeThatGrowsWithItsSizeAndTheOperations() throws Exception {
        String patched = Patches.patch(largeObject(), operations(10_000, """
                        {"op":"replace","path":"/m%d","value":"x"}"""), MB, counting());

        assertThat(patched).contains("\"m9999\":\"x\",\"m10000\":10000");
        assertThat(steps()).isLessThan(20L * MB);
    }

    @Test
    void shouldAddAndRemoveManyMembersInTimeThatGrowsWithTheirNumber() throws Exception {
        StringBuilder patch = new StringBuilder("[");
        for (int i = 0; i < 10_000; i++) {
            patch.append("""
                    {"op":"add","path":"/n%1$d","value":1},{"op":"remove","path":"/m%1$d"},""".formatted(i));
        }
        String patched = Patches.patch(largeObject(), patch + "{\"op\":\"remove\",\"path\":\"/n0\"}]", MB, counting());

        assertThat(patched)
                .startsWith("{\"m10000\":10000,")
                .endsWith(",\"n9998\":1,\"n9999\":1}")
                .doesNotContain("\"n0\"");
        assertThat(steps()).isLessThan(20L * MB);
    }

    @Test
    void shouldMergeManyMembersInTimeThatGrowsWithTheirNumber() {
        StringBuilder patch = new StringBuilder("{\"x\":1");
        for (int i = 0; i < 50_000; i++) {
            patch.append(",\"m").append(i).append("\":").append(i % 2 == 0 ? "null" : "{\"a\":1}");
        }
        String merged = Patches.merge(largeObject(), patch.append('}').toString(), 2 * MB, counting());

        assertThat(merged).startsWith("{\"m1\":{\"a\":1},\"m3\":{\"a\":1}");
        assertThat(steps()).isLessThan(30L * MB);
    }

    @Test
    void shouldRemoveARepeatedNameInTimeThatGrowsWithTheValue() throws Exception {
        String value = "{" + "\"a\":1,".repeat(100_000) + "\"b\":2}";

        assertThat(Patches.patch(value, """
                [{"op":"remove","path":"/a"}]""", MB, counting())).isEqualTo("{\"b\":2}");
        assertThat(steps()).isLessThan(10L * MB);
    }

    @Test
    void shouldStopInsertionsIntoALargeArrayAtTheTimeLimit() {
        String value = "[" + "1,".repeat(400_000) + "1]";
        String patch = operations(10_000, """
                {"op":"add","path":"/0","value":%d}""");

        assertThatThrownBy(() -> Patches.patch(value, patch, MB, ofSteps(50L * MB)))
                .isInstanceOf(BudgetExceededException.class);
        assertThat(steps()).isLessThan(60L * MB);
    }

    @Test
    void shouldStopManyTestsOfALargeValueAtTheTimeLimit() {
        // Of repeated names the last one counts, so a small object is equal to a large one.
        String value = "{\"x\":0," + "\"a\":1,".repeat(100_000) + "\"a\":1}";
        String patch = operations(10_000, """
                {"op":"replace","path":"/x","value":1},{"op":"test","path":"","value":{"x":1,"a":1}}""");

        assertThatThrownBy(() -> Patches.patch(value, patch, MB, ofSteps(50L * MB)))
                .isInstanceOf(BudgetExceededException.class);
        assertThat(steps()).isLessThan(60L * MB);
    }

    @Test
    void shouldRefuseCopiesThatDoubleTheValue() {
        assertThatThrownBy(() -> Patches.patch("{\"a\":\"xxxxxxxx\"}", operations(60, """
                                {"op":"copy","from":"","path":"/c%d"}"""), MB, counting()))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessage(BudgetExceededException.tooLarge(MB));
        assertThat(steps()).isLessThan(20L * MB);
    }

    @Test
    void shouldLimitTheBytesThatCopiesAllocate() {
        // Each copy is removed at once, so that the value stays small.
        String value = "{\"a\":[\"" + "x".repeat(MB / 3) + "\",0]}";
        String patch = operations(40, """
                {"op":"copy","from":"/a","path":"/b"},{"op":"move","from":"/b/1","path":"/c%d"},{"op":"remove","path":"/b"}""");
        String opened = patch.replaceFirst("\\[", "[{\"op\":\"replace\",\"path\":\"/a/1\",\"value\":1},");

        assertThatThrownBy(() -> Patches.patch(value, opened, MB, counting()))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("would be copied for more than " + PatchRun.COPIES_MAX * MB + " bytes");
    }

    @Test
    void shouldWalkDeepValues() throws Exception {
        int depth = 500;
        String value = "[".repeat(depth) + "]".repeat(depth);
        String pointer = "/0".repeat(depth - 1);

        assertThat(Patches.patch(value, """
                [{"op":"add","path":"%s/-","value":1},{"op":"test","path":"%s/0","value":1}]""".formatted(pointer, pointer)))
                .isEqualTo("[".repeat(depth) + "1" + "]".repeat(depth));
    }

    @Test
    void shouldNotRecurseHoweverDeepAPatchMakesTheValue() throws Exception {
        int depth = 1_000;
        String wrap = operations(depth, """
                {"op":"copy","from":"","path":"/-"},{"op":"remove","path":"/0"}""");

        assertThat(Patches.patch("[0]", wrap, MB, counting()))
                .isEqualTo("[".repeat(depth + 1) + "0" + "]".repeat(depth + 1));
    }

    @Test
    void shouldStopAtTheTimeLimitWhateverTheValueIs() {
        Random random = new Random(1);
        StringBuilder chains = new StringBuilder("[0");
        while (chains.length() < MB * 9 / 10) {
            int depth = 1 + random.nextInt(500);
            chains.append(',').append("[".repeat(depth)).append("]".repeat(depth));
        }
        String patch = operations(2_000, """
                {"op":"add","path":"/%d""" + "/0".repeat(200) + """
                /-","value":1}""");

        try {
            Patches.patch(chains.append(']').toString(), patch, MB, ofSteps(50L * MB));
        } catch (EditException | PatchSyntaxException | BudgetExceededException e) {
            assertThat(e).isNotNull();
        }
        assertThat(steps()).isLessThan(60L * MB);
    }

    @Test
    void shouldReadPatchesWithManyOperations() throws Exception {
        String patch = operations(30_000, """
                {"op":"test","path":"/a~1%d","value":1}""");

        assertThat(Patches.read(patch).size()).isEqualTo(30_000);
        assertThat(patch.getBytes(UTF_8).length).isGreaterThan(MB);
    }
}
