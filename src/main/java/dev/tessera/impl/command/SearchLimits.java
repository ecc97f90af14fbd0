package dev.tessera.impl.command;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.protocol.Status;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one search, or of one change in place.
 *
 * @param findMs the most milliseconds of a {@code KV_FIND}, and of a page of {@code KV_LIST}
 * @param resultsMax the most keys or paths that it returns
 * @param updateMs the most milliseconds of a change in place, in all its attempts on workers together
 * @param valueBytesMax the most bytes of a value after an update
 * @param depthMax the deepest nesting of a value after an update
 * @param commandBytesMax the most bytes of all values that one command changes in place
 * @param digitsMax the most digits of a number that a command computes
 * @param nanoClock a clock like {@link System#nanoTime()}
 */
public record SearchLimits(
        long findMs,
        long resultsMax,
        long updateMs,
        int valueBytesMax,
        int depthMax,
        int commandBytesMax,
        int digitsMax,
        LongSupplier nanoClock) {

    /** The time that an update has on the owner's thread, before it moves to a worker. */
    private static final long UPDATE_SLICE_NS = 1_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Creates limits of the time of the system. */
    public SearchLimits(
            long findMs,
            long resultsMax,
            long updateMs,
            int valueBytesMax,
            int depthMax,
            int commandBytesMax,
            int digitsMax) {
        this(findMs, resultsMax, updateMs, valueBytesMax, depthMax, commandBytesMax, digitsMax, System::nanoTime);
    }

    /** Starts the budget of one search, which also ends when nobody waits for it any more. */
    public EvaluationBudget find(BooleanSupplier gone) {
        return EvaluationBudget.start(nanoClock, findMs * NANOS_PER_MILLI, resultsMax, gone);
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

    /**
     * Starts the budget of one attempt of an update on a worker, which also ends when nobody waits for it any more.
     *
     * @param spentNs the nanoseconds that earlier attempts have spent
     */
    public EvaluationBudget update(long spentNs, BooleanSupplier gone) {
        return EvaluationBudget.startAfter(spentNs, nanoClock, updateMs * NANOS_PER_MILLI, Integer.MAX_VALUE, gone);
    }

    /** Returns the fault of an update whose attempts have spent all its time; null if it may go on. */
    @Nullable
    Fault timeOver(long spentNs) {
        return spentNs < updateMs * NANOS_PER_MILLI
                ? null
                : new Fault(Status.TIME_EXCEEDED, BudgetExceededException.tookTooLong(updateMs));
    }

    /** Returns the fault of a search or update that exceeds its budget. */
    public static Fault fault(BudgetExceededException e) {
        return new Fault(
                e.limit() == BudgetExceededException.Limit.TIME ? Status.TIME_EXCEEDED : Status.LIMIT_EXCEEDED,
                Objects.requireNonNull(e.getMessage()));
    }

    /** Starts the budget of one update on the owner's thread. */
    public EvaluationBudget updateSlice() {
        return EvaluationBudget.startLate(nanoClock, UPDATE_SLICE_NS);
    }
}
