package dev.tessera.impl.jsonpath.budget;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A limit on the time and the results of one search, over all the values that it visits.
 *
 * <p>Work is counted in steps, one for about every byte or node looked at. The clock is read once for every
 * {@value #STEPS_PER_CLOCK_READ} steps, so that spending costs a subtraction. A step never stands for more work than
 * scanning one byte does, with one exception: one character of a regular expression match, which is bounded by the size
 * of the expression. Used by one thread at a time.
 */
public final class EvaluationBudget {

    /** Steps between two reads of the clock: about 20 to 100 microseconds of scanning. */
    public static final int STEPS_PER_CLOCK_READ = 32_768;

    private final LongSupplier nanoClock;
    private final BooleanSupplier abandoned;
    private final long spentBeforeNs;
    private long deadlineNs;
    private boolean started;
    private final long timeNsMax;
    private final long resultsMax;
    private long results;
    private int stepsLeft = STEPS_PER_CLOCK_READ;

    private EvaluationBudget(
            LongSupplier nanoClock, long timeNsMax, long spentNs, long resultsMax, BooleanSupplier abandoned) {
        this.nanoClock = nanoClock;
        this.abandoned = abandoned;
        this.timeNsMax = timeNsMax;
        this.resultsMax = resultsMax;
        this.spentBeforeNs = spentNs;
    }

    private long begin() {
        long nowNs = nanoClock.getAsLong();
        deadlineNs = nowNs + timeNsMax - spentBeforeNs;
        started = true;
        return nowNs;
    }

    /**
     * Starts a budget: its time runs from now on.
     *
     * @param nanoClock a clock like {@link System#nanoTime()}
     * @param timeNsMax the time in nanoseconds that the whole search may take
     * @param resultsMax the number of results that the whole search may have
     */
    public static EvaluationBudget start(LongSupplier nanoClock, long timeNsMax, long resultsMax) {
        return start(nanoClock, timeNsMax, resultsMax, () -> false);
    }

    /**
     * Starts a budget that also ends when nobody waits for the results any more.
     *
     * @param abandoned asked as often as the clock
     */
    public static EvaluationBudget start(
            LongSupplier nanoClock, long timeNsMax, long resultsMax, BooleanSupplier abandoned) {
        return startAfter(0, nanoClock, timeNsMax, resultsMax, abandoned);
    }

    /**
     * Starts a budget of which earlier attempts have spent time.
     *
     * @param spentNs the time in nanoseconds that they have spent
     */
    public static EvaluationBudget startAfter(
            long spentNs, LongSupplier nanoClock, long timeNsMax, long resultsMax, BooleanSupplier abandoned) {
        EvaluationBudget budget = new EvaluationBudget(nanoClock, timeNsMax, spentNs, resultsMax, abandoned);
        budget.begin();
        return budget;
    }

    /**
     * Returns a budget whose time runs from the first read of the clock on: most small pieces of work never read it.
     *
     * @param nanoClock a clock like {@link System#nanoTime()}
     * @param timeNsMax the time in nanoseconds that the work may take after that
     */
    public static EvaluationBudget startLate(LongSupplier nanoClock, long timeNsMax) {
        return new EvaluationBudget(nanoClock, timeNsMax, 0, Integer.MAX_VALUE, () -> false);
    }

    /**
     * Spends steps.
     *
     * @throws BudgetExceededException if the time has run out
     */
    public void spend(int steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            checkTime();
        }
    }

    /**
     * Reads the clock now, whatever number of steps is left.
     *
     * @throws BudgetExceededException if the time has run out, or nobody waits for the results
     */
    public void checkTime() {
        stepsLeft = STEPS_PER_CLOCK_READ;
        long nowNs = started ? nanoClock.getAsLong() : begin();
        if (nowNs - deadlineNs >= 0) {
            throw new BudgetExceededException(
                    BudgetExceededException.Limit.TIME, BudgetExceededException.tookTooLong(timeNsMax / 1_000_000));
        }
        if (abandoned.getAsBoolean()) {
            throw new BudgetExceededException(BudgetExceededException.Limit.TIME, "nobody waits for the search");
        }
    }

    /**
     * Counts one result.
     *
     * @throws BudgetExceededException if there are now more results than allowed
     */
    public void countResult() {
        results++;
        if (results > resultsMax) {
            throw new BudgetExceededException(
                    BudgetExceededException.Limit.RESULTS, BudgetExceededException.tooManyResults(resultsMax));
        }
    }

    /** Returns the time in nanoseconds that is spent, with that of earlier attempts. */
    public long spentNs() {
        return started ? timeNsMax - (deadlineNs - nanoClock.getAsLong()) : spentBeforeNs;
    }

    /** Returns the results counted so far. */
    public long results() {
        return results;
    }
}
