package dev.tessera.impl.command;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;

/**
 * What one search or update by a JSONPath may cost.
 *
 * @param findMs how long a {@code KV_FIND} may take
 * @param resultsMax how many keys or paths it may find
 * @param updateMs how long a {@code KV_UPDATE} may take, on the thread of the owner
 * @param valueBytesMax how large a value may become by an update
 * @param depthMax how deep a value may become nested by an update
 */
public record SearchLimits(long findMs, long resultsMax, long updateMs, int valueBytesMax, int depthMax) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A budget for one search, which runs from now on. */
    public EvaluationBudget find() {
        return EvaluationBudget.start(System::nanoTime, findMs * NANOS_PER_MILLI, resultsMax);
    }

    /** A budget for one update, which runs from now on. */
    public EvaluationBudget update() {
        return EvaluationBudget.start(System::nanoTime, updateMs * NANOS_PER_MILLI, Integer.MAX_VALUE);
    }
}
