package dev.tessera.impl.jsonpath;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.parser.JsonPathSyntaxException;
import dev.tessera.impl.jsonpath.parser.QueryParser;
import dev.tessera.impl.jsonpath.query.CompiledQuery;
import dev.tessera.impl.jsonpath.query.Evaluation;
import dev.tessera.impl.jsonpath.query.SingularStep;
import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.Utf8Appender;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A compiled JSONPath query; immutable and safe for use by many threads.
 *
 * <p>Its texts are slices of byte arrays, which the caller has validated as strict RFC 8259 in UTF-8. Each evaluation
 * spends from a budget. At the end of the budget it throws a
 * {@link dev.tessera.impl.jsonpath.budget.BudgetExceededException}.
 */
public final class JsonPath {

    private final String source;
    private final CompiledQuery query;
    private final @Nullable SingularPath singular;

    private JsonPath(String source, CompiledQuery query) {
        this.source = source;
        this.query = query;
        List<SingularStep> steps = query.singularSteps();
        this.singular = steps == null ? null : new SingularPath(steps);
    }

    /**
     * Compiles a query.
     *
     * @throws JsonPathSyntaxException if it is not well-formed or not valid, or over a limit
     */
    public static JsonPath compile(String query, JsonPathOptions options) {
        if (query.length() > options.lengthMax()) {
            throw new JsonPathSyntaxException(
                    options.lengthMax() + 1, "the path is longer than " + options.lengthMax() + " characters");
        }
        return new JsonPath(query, QueryParser.parse(query, options.strict()));
    }

    /** Compiles a query with the default options. */
    public static JsonPath compile(String query) {
        return compile(query, JsonPathOptions.DEFAULT);
    }

    /** Returns the query as a path to one place; null if it can select several. */
    public @Nullable SingularPath singular() {
        return singular;
    }

    /**
     * Returns whether the query selects any node of {@code json[from, to)}. It stops at the first one, which counts as
     * one result.
     */
    public boolean matches(byte[] json, int from, int to, EvaluationBudget budget) {
        boolean[] found = new boolean[1];
        run(json, from, to, budget, (run, start) -> {
            found[0] = true;
            return false;
        });
        if (found[0]) {
            budget.countResult();
        }
        return found[0];
    }

    /** Passes each selected node of {@code json[from, to)} to a visitor. Each counts as one result. */
    public void forEach(byte[] json, int from, int to, EvaluationBudget budget, NodeVisitor visitor) {
        JsonNavigator text = new JsonNavigator(json, from, to, budget);
        CurrentNode node = new CurrentNode(text);
        query.run(text, text.skipSpace(from), (run, start) -> {
            budget.countResult();
            node.run = run;
            node.start = start;
            visitor.visit(node);
            return true;
        });
    }

    /**
     * Replaces every selected place of {@code json[from, to)}; all bytes around the places stay as they are.
     *
     * <p>A place that the query selects several times is replaced once. If one place contains another, only the outer
     * one is replaced.
     *
     * @param replacement the JSON text to put there
     * @param bytesMax the largest result, in bytes
     */
    public UpdateResult update(
            byte[] json, int from, int to, byte[] replacement, int bytesMax, EvaluationBudget budget) {
        Replacer replacer = new Replacer();
        forEach(json, from, to, budget, node -> replacer.add(node.start(), node.end()));
        return replacer.replace(json, from, to, replacement, bytesMax);
    }

    private void run(
            byte[] json, int from, int to, EvaluationBudget budget, dev.tessera.impl.jsonpath.query.ResultSink sink) {
        JsonNavigator text = new JsonNavigator(json, from, to, budget);
        query.run(text, text.skipSpace(from), sink);
    }

    /** Returns the query as it was written. */
    @Override
    public String toString() {
        return source;
    }

    private static final class CurrentNode implements Node {

        private final JsonNavigator text;
        private @Nullable Evaluation run;
        private int start;

        CurrentNode(JsonNavigator text) {
            this.text = text;
        }

        @Override
        public int start() {
            return start;
        }

        @Override
        public int end() {
            int end = text.end(start);
            text.rememberEnd(start, end);
            return end;
        }

        @Override
        public void appendPathTo(Utf8Appender out) {
            Objects.requireNonNull(run).path().appendTo(out);
        }
    }
}
