package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.protocol.Status;
import java.util.function.Consumer;

/**
 * Answers requests that no owner has answered. Thread: the dispatcher's.
 *
 * @param replies takes the answers
 */
record FaultReplies(Consumer<ReplyBatch> replies) {

    /** Answers that nothing was executed. */
    void unavailable(BatchSlice slice, String message) {
        reply(slice, false, message);
    }

    /** Answers that the outcome is unknown. A read is answered as not executed, because its client can repeat it. */
    void outcomeUnknown(BatchSlice slice, String message) {
        reply(slice, true, message);
    }

    private void reply(BatchSlice slice, boolean perhapsExecuted, String message) {
        Fault notApplied = new Fault(Status.UNAVAILABLE, CommitMessages.notApplied(message));
        Fault unknown = new Fault(Status.OUTCOME_UNKNOWN, CommitMessages.perhapsApplied(message));
        replies.accept(ReplyBatch.faults(
                slice.batch(),
                slice.first(),
                slice.end(),
                request -> perhapsExecuted && mayChange(request) ? unknown : notApplied));
    }

    private static boolean mayChange(Request request) {
        return request.command().effect(request) != Effect.READ;
    }
}
