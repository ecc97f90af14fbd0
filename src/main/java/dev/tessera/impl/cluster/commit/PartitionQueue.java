package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.BatchResult;
import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one dispatcher sends to one partition: one batch at a time, the same one until it is answered or given up, so
 * that the order stays and nothing is applied twice. What comes meanwhile is the next batch: so load makes batches
 * larger by itself.
 *
 * <p>Thread: the dispatcher's.
 */
final class PartitionQueue {

    private static final String NO_OWNER = "the partition had no owner that could answer in time";

    private final int partition;
    private final DispatcherId dispatcher;
    private final PartitionCalls calls;
    private final CommitLimits limits;
    private final Consumer<ReplyBatch> replies;
    private final FaultReplies faults;
    private final ArrayDeque<BatchSlice> waiting = new ArrayDeque<>();
    private InFlightBatch underWay;
    private long lastNumber;
    /** Whether a batch was given up that may still be executed somewhere, and none was answered since. */
    private boolean gaveUp;

    PartitionQueue(
            int partition,
            DispatcherId dispatcher,
            PartitionCalls calls,
            CommitLimits limits,
            Consumer<ReplyBatch> replies,
            FaultReplies faults) {
        this.partition = partition;
        this.dispatcher = dispatcher;
        this.calls = calls;
        this.limits = limits;
        this.replies = replies;
        this.faults = faults;
    }

    void submit(CommandBatch batch) {
        waiting.add(new BatchSlice(batch, 0, batch.size(), calls.monotonicMs()));
        next();
    }

    /** Gives up what has waited too long. */
    void tick(long nowMs) {
        if (underWay != null && nowMs >= underWay.untilMs) {
            giveUp(underWay, NO_OWNER);
        }
        dropOverdue(nowMs);
    }

    /** Answers what has waited too long for its turn. */
    private void dropOverdue(long nowMs) {
        BatchSlice first = waiting.peek();
        while (first != null && nowMs - first.sinceMs() >= limits.patienceMs()) {
            waiting.remove();
            faults.unavailable(first, NO_OWNER);
            first = waiting.peek();
        }
    }

    private void next() {
        if (underWay != null || waiting.isEmpty()) {
            return;
        }
        long nowMs = calls.monotonicMs();
        dropOverdue(nowMs);
        // What was answered just now may have brought new requests, and these have begun the next batch.
        if (underWay != null || waiting.isEmpty()) {
            return;
        }
        List<BatchSlice> pieces = new ArrayList<>(waiting.size());
        long untilMs = Math.max(waiting.peek().sinceMs() + limits.patienceMs(), nowMs + limits.patienceMs() / 2);
        Request[] requests = takeWaiting(pieces);
        underWay = new InFlightBatch(
                new PartitionBatch(partition, dispatcher, ++lastNumber, gaveUp, requests), pieces, untilMs);
        attempt(underWay);
    }

    /** Takes as many requests as fit into a batch, one at least. */
    private Request[] takeWaiting(List<BatchSlice> pieces) {
        List<Request> requests = new ArrayList<>();
        int bytes = 0;
        while (!waiting.isEmpty() && requests.size() < limits.requestsMax() && bytes < limits.bytesMax()) {
            BatchSlice piece = waiting.remove();
            int count = 0;
            while (count < piece.size() && requests.size() < limits.requestsMax() && bytes < limits.bytesMax()) {
                Request request = piece.request(count++);
                requests.add(request);
                bytes += request.textLength();
            }
            pieces.add(piece.head(count));
            if (count < piece.size()) {
                waiting.addFirst(piece.tail(count));
            }
        }
        return requests.toArray(Request[]::new);
    }

    private void attempt(InFlightBatch commit) {
        commit.called = true;
        calls.execute(commit.batch, outcome -> {
            commit.called = false;
            if (commit == underWay) {
                onOutcome(commit, outcome);
            }
        });
    }

    private void onOutcome(InFlightBatch commit, CallOutcome outcome) {
        switch (outcome.kind()) {
            case ANSWERED -> {
                commit.perhapsExecuted = true;
                if (outcome.result().kind() == BatchResult.EXECUTED) {
                    deliver(commit, outcome.result());
                } else {
                    giveUp(commit, "the owner of the partition has forgotten what it answered");
                }
            }
            case REFUSED -> giveUp(commit, outcome.message());
            case UNKNOWN -> {
                commit.perhapsExecuted = true;
                again(commit, outcome);
            }
            case NOT_NOW -> again(commit, outcome);
        }
    }

    private void again(InFlightBatch commit, CallOutcome outcome) {
        if (calls.monotonicMs() + limits.pauseMs() >= commit.untilMs) {
            giveUp(commit, outcome.message());
            return;
        }
        calls.after(limits.pauseMs(), () -> {
            if (commit == underWay) {
                attempt(commit);
            }
        });
    }

    private void giveUp(InFlightBatch commit, String message) {
        boolean perhapsExecuted = commit.perhapsExecuted || commit.called;
        for (BatchSlice piece : commit.pieces) {
            if (perhapsExecuted) {
                faults.outcomeUnknown(piece, message);
            } else {
                faults.unavailable(piece, message);
            }
        }
        gaveUp |= perhapsExecuted;
        end();
    }

    /** Goes on with the next batch. What was submitted while replies were handed over has waited for this. */
    private void end() {
        underWay = null;
        next();
    }

    /** Hands over the replies to what was executed; what was not is first in the next batch. */
    private void deliver(InFlightBatch commit, BatchResult result) {
        gaveUp = false;
        putBack(commit, result.count());
        int from = 0;
        for (BatchSlice piece : commit.pieces) {
            deliver(piece, Math.min(piece.size(), result.count() - from), result, from);
            from += piece.size();
        }
        end();
    }

    private void putBack(InFlightBatch commit, int executed) {
        int left = -executed;
        for (BatchSlice piece : commit.pieces) {
            left += piece.size();
        }
        for (int i = commit.pieces.size() - 1; left > 0; i--) {
            BatchSlice piece = commit.pieces.get(i);
            waiting.addFirst(piece.tail(Math.max(0, piece.size() - left)));
            left -= piece.size();
        }
    }

    private void deliver(BatchSlice piece, int executed, BatchResult result, int from) {
        int first = 0;
        for (int i = 0; i < executed; i++) {
            if (result.isLater(from + i)) {
                reply(piece, first, i, result, from);
                askLater(piece.tail(i).head(1), result, from + i);
                first = i + 1;
            }
        }
        reply(piece, first, executed, result, from);
    }

    private void reply(BatchSlice piece, int first, int behind, BatchResult result, int from) {
        if (first < behind) {
            replies.accept(new ReplyBatch(
                    piece.batch().number(),
                    piece.first() + first,
                    result.replies(from + first, from + behind),
                    result.ends(from + first, from + behind)));
        }
    }

    private void askLater(BatchSlice one, BatchResult result, int index) {
        calls.later(result.later(index), reply -> {
            if (reply == null) {
                faults.unavailable(one, "the node that searched did not answer in time");
            } else {
                replies.accept(ReplyBatch.single(one.batch(), one.first(), reply));
            }
        });
    }
}
