package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.protocol.Status;
import java.util.function.Consumer;

/** Answers requests that no owner has answered. Thread: the dispatcher's. */
final class FaultReplies {

    private static final int CAPACITY_KEPT_BYTES = 64 * 1024;

    private final Consumer<ReplyBatch> replies;
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);

    FaultReplies(Consumer<ReplyBatch> replies) {
        this.replies = replies;
    }

    /** Answers that nothing was executed. */
    void unavailable(BatchSlice piece, String message) {
        reply(piece, false, message);
    }

    /** Answers that nobody knows whether it was executed; a read can simply be sent again. */
    void outcomeUnknown(BatchSlice piece, String message) {
        reply(piece, true, message);
    }

    private void reply(BatchSlice piece, boolean perhapsExecuted, String message) {
        int[] ends = new int[piece.size()];
        for (int i = 0; i < ends.length; i++) {
            boolean unknown = perhapsExecuted && piece.request(i).command().changes();
            answer.fault(
                    piece.request(i),
                    new Fault(
                            unknown ? Status.OUTCOME_UNKNOWN : Status.UNAVAILABLE,
                            message
                                    + (unknown
                                            ? "; it may or may not have been applied"
                                            : "; nothing was changed, try again")));
            ends[i] = out.size();
        }
        replies.accept(new ReplyBatch(piece.batch().number(), piece.first(), out.take(CAPACITY_KEPT_BYTES), ends));
    }
}
