package dev.tessera.impl.command;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;

/**
 * The limits of one search or update by a JSONPath.
 *
 * @param findMs the most milliseconds of a {@code KV_FIND}
 * @param resultsMax the most keys or paths that it returns
 * @param updateMs the most milliseconds of a {@code KV_UPDATE}, which runs on the owner's thread
 * @param valueBytesMax the most bytes of a value after an update
 * @param depthMax the deepest nesting of a value after an update
 */
public record SearchLimits(long findMs, long resultsMax, long updateMs, int valueBytesMax, int depthMax) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Starts the budget of one search. */
    public EvaluationBudget find() {
        return EvaluationBudget.start(System::nanoTime, findMs * NANOS_PER_MILLI, resultsMax);
    }

    /** Starts the budget of one update. */
    public EvaluationBudget update() {
        return EvaluationBudget.start(System::nanoTime, updateMs * NANOS_PER_MILLI, Integer.MAX_VALUE);
    }
}
