package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.BatchResult;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt to execute a batch.
 *
 * @param kind the end of the attempt
 * @param result the owner's answer; null unless the kind is {@link Kind#ANSWERED}
 * @param message the reason that clients get if this attempt is the last one; empty if the kind is
 *     {@link Kind#ANSWERED}
 */
public record CallOutcome(Kind kind, @Nullable BatchResult result, String message) {

    /** The ends of an attempt. */
    public enum Kind {
        /** The owner has answered, and every copy has its changes. */
        ANSWERED,
        /** The owner may have executed the batch; the queue sends the same batch again. */
        UNKNOWN,
        /** Nothing was executed; the queue sends the batch again. */
        NOT_NOW,
        /** Nothing was executed, and another attempt would soon fail too. */
        REFUSED
    }

    /** Returns the outcome {@link Kind#ANSWERED}. */
    public static CallOutcome answered(BatchResult result) {
        return new CallOutcome(Kind.ANSWERED, result, "");
    }

    /** Returns any other outcome. */
    public static CallOutcome of(Kind kind, String message) {
        return new CallOutcome(kind, null, message);
    }
}
