package dev.tessera.impl.command;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The limits of one search or update by a JSONPath.
 *
 * @param findMs the most milliseconds of a {@code KV_FIND}, and of a page of {@code KV_LIST}
 * @param resultsMax the most keys or paths that it returns
 * @param updateMs the most milliseconds of a {@code KV_UPDATE}, over all its attempts on a worker
 * @param valueBytesMax the most bytes of a value after an update
 * @param depthMax the deepest nesting of a value after an update
 */
public record SearchLimits(long findMs, long resultsMax, long updateMs, int valueBytesMax, int depthMax) {

    /** The time that an update has on the owner's thread, before it moves to a worker. */
    private static final long UPDATE_SLICE_NS = 1_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Starts the budget of one search, which also ends when nobody waits for it any more. */
    public EvaluationBudget find(BooleanSupplier gone) {
        return EvaluationBudget.start(System::nanoTime, findMs * NANOS_PER_MILLI, resultsMax, gone);
    }

    /**
     * Starts the time of one page of a list.
     *
     * @param nanoClock a clock like {@link System#nanoTime()}
     * @return returns whether the time is used up
     */
    public BooleanSupplier list(LongSupplier nanoClock) {
        long startNs = nanoClock.getAsLong();
        return () -> nanoClock.getAsLong() - startNs >= findMs * NANOS_PER_MILLI;
    }

    /** Starts the budget of one update on a worker, which also ends when nobody waits for it any more. */
    public EvaluationBudget update(BooleanSupplier gone) {
        return EvaluationBudget.start(System::nanoTime, updateMs * NANOS_PER_MILLI, Integer.MAX_VALUE, gone);
    }

    /** Starts the budget of one update on the owner's thread. */
    public EvaluationBudget updateSlice() {
        return EvaluationBudget.start(System::nanoTime, UPDATE_SLICE_NS, Integer.MAX_VALUE);
    }
}
