package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.BatchResult;

/**
 * What came of one attempt to have a batch executed.
 *
 * @param kind how it ended
 * @param result what the owner answered; null unless the kind is {@link Kind#ANSWERED}
 * @param message what is said to clients if it is not tried again
 */
public record CallOutcome(Kind kind, BatchResult result, String message) {

    /** How an attempt ended. */
    public enum Kind {
        /** The owner has answered, and every copy has what it has changed. */
        ANSWERED,
        /** It may have been executed; the same batch is to be sent again. */
        UNKNOWN,
        /** It was certainly not executed; it is to be sent again. */
        NOT_NOW,
        /** It was certainly not executed, and there is no use in sending it again soon. */
        REFUSED
    }

    /** The owner's answer. */
    public static CallOutcome answered(BatchResult result) {
        return new CallOutcome(Kind.ANSWERED, result, null);
    }

    /** Any other end. */
    public static CallOutcome of(Kind kind, String message) {
        return new CallOutcome(kind, null, message);
    }
}
