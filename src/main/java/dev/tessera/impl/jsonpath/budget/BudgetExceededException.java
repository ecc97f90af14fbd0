package dev.tessera.impl.jsonpath.budget;

/**
 * The outcome of an evaluation that reached one of its limits.
 *
 * <p>Expected under load and with hostile queries, so it carries no stack trace. Nothing was changed when it is thrown.
 */
public final class BudgetExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The limit that was reached. */
    public enum Limit {
        /** The time that a search may take. */
        TIME,
        /** The number of results that a search may have. */
        RESULTS,
        /** The size in bytes that a rewritten text may have. */
        OUTPUT
    }

    private final Limit limit;

    public BudgetExceededException(Limit limit, String message) {
        super(message, null, false, false);
        this.limit = limit;
    }

    /** The message of a search that takes too long. */
    public static String tookTooLong(long msMax) {
        return "the search took longer than " + msMax + " ms";
    }

    /** The message of a search with too many results. */
    public static String tooManyResults(long resultsMax) {
        return "the search has more than " + resultsMax + " results";
    }

    /** The message of an update whose result is too large. */
    public static String tooLarge(int bytesMax) {
        return "the updated value would have more than " + bytesMax + " bytes";
    }

    /** Returns the reached limit, so that the caller can answer with its status. */
    public Limit limit() {
        return limit;
    }
}
