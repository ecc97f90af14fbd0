package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.BatchResult;
import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.impl.work.FairQueue;
import dev.tessera.impl.work.Requester;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one dispatcher for one partition. One batch is in flight at a time, and it is sent again until it is
 * answered or given up: this keeps the order, and nothing is applied twice. Requests that arrive meanwhile form the
 * next batch, so batches grow with the load.
 *
 * <p>Thread: the dispatcher's.
 */
final class PartitionQueue {

    private static final byte[] NOTHING = {};

    private final int partition;
    private final DispatcherId dispatcher;
    private final PartitionCalls calls;
    private final CommitLimits limits;
    private final Consumer<ReplyBatch> replies;
    private final FaultReplies faults;
    private final ArrayDeque<BatchSlice> waiting = new ArrayDeque<>();
    private @Nullable InFlightBatch inFlight;
    private long lastNumber;
    /** Whether a batch was given up that an owner may still execute, and no batch was answered since. */
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

    /** Gives up the batch and the requests that have waited too long. */
    void tick(long nowMs) {
        if (inFlight != null && nowMs >= inFlight.untilMs) {
            giveUp(inFlight, CommitMessages.NO_OWNER);
        }
        dropOverdue(nowMs);
    }

    /** Answers the requests that have waited too long for their turn. */
    private void dropOverdue(long nowMs) {
        BatchSlice first = waiting.peek();
        while (first != null && nowMs - first.sinceMs() >= limits.patienceMs()) {
            waiting.remove();
            faults.unavailable(first, CommitMessages.NO_OWNER);
            first = waiting.peek();
        }
    }

    private void next() {
        if (inFlight != null || waiting.isEmpty()) {
            return;
        }
        long nowMs = calls.monotonicMs();
        dropOverdue(nowMs);
        // The answers may have caused new requests, which started the next batch.
        if (inFlight != null || waiting.isEmpty()) {
            return;
        }
        List<BatchSlice> slices = new ArrayList<>(waiting.size());
        long untilMs = Math.max(waiting.element().sinceMs() + limits.patienceMs(), nowMs + limits.patienceMs() / 2);
        Request[] requests = takeWaiting(slices);
        InFlightBatch batch = new InFlightBatch(
                new PartitionBatch(
                        partition,
                        dispatcher,
                        ++lastNumber,
                        gaveUp,
                        requests,
                        ofClients(slices, Requester::number),
                        ofClients(slices, Requester::origin)),
                slices,
                untilMs);
        inFlight = batch;
        attempt(batch);
    }

    /** Takes as many requests as fit into a batch, at least one. */
    private Request[] takeWaiting(List<BatchSlice> slices) {
        List<Request> requests = new ArrayList<>();
        int bytes = 0;
        while (!waiting.isEmpty() && requests.size() < limits.requestsMax() && bytes < limits.bytesMax()) {
            BatchSlice slice = waiting.remove();
            int count = 0;
            while (count < slice.size() && requests.size() < limits.requestsMax() && bytes < limits.bytesMax()) {
                Request request = slice.request(count++);
                requests.add(request);
                bytes += request.textLength();
            }
            slices.add(slice.head(count));
            if (count < slice.size()) {
                waiting.addFirst(slice.tail(count));
            }
        }
        return requests.toArray(Request[]::new);
    }

    private static long[] ofClients(List<BatchSlice> slices, ToLongFunction<Requester> number) {
        return slices.stream()
                .flatMapToLong(slice -> IntStream.range(slice.first(), slice.end())
                        .mapToLong(index -> number.applyAsLong(slice.batch().requester(index))))
                .toArray();
    }

    private void attempt(InFlightBatch batch) {
        batch.called = true;
        calls.execute(batch.batch, outcome -> {
            batch.called = false;
            if (batch == inFlight) {
                onOutcome(batch, outcome);
            }
        });
    }

    private void onOutcome(InFlightBatch batch, CallOutcome outcome) {
        switch (outcome.kind()) {
            case ANSWERED -> {
                batch.perhapsExecuted = true;
                BatchResult result = Objects.requireNonNull(outcome.result());
                if (result.kind() == BatchResult.EXECUTED) {
                    deliver(batch, result);
                } else {
                    giveUp(batch, CommitMessages.ANSWER_FORGOTTEN);
                }
            }
            case REFUSED -> giveUp(batch, outcome.message());
            case UNKNOWN -> {
                batch.perhapsExecuted = true;
                again(batch, outcome);
            }
            case NOT_NOW -> again(batch, outcome);
        }
    }

    private void again(InFlightBatch batch, CallOutcome outcome) {
        if (calls.monotonicMs() + limits.pauseMs() >= batch.untilMs) {
            giveUp(batch, outcome.message());
            return;
        }
        calls.after(limits.pauseMs(), () -> {
            if (batch == inFlight) {
                attempt(batch);
            }
        });
    }

    private void giveUp(InFlightBatch batch, String message) {
        boolean perhapsExecuted = batch.perhapsExecuted || batch.called;
        for (BatchSlice slice : batch.slices) {
            if (perhapsExecuted) {
                faults.outcomeUnknown(slice, message);
            } else {
                faults.unavailable(slice, message);
            }
        }
        gaveUp |= perhapsExecuted;
        end();
    }

    /** Starts the next batch. It includes the requests that were submitted while replies were handed over. */
    private void end() {
        inFlight = null;
        next();
    }

    /** Hands over the replies to executed requests. The others come first in the next batch. */
    private void deliver(InFlightBatch batch, BatchResult result) {
        gaveUp = false;
        putBack(batch, result.count());
        if (result.isOutOfTime()) {
            shareOut();
        }
        int from = 0;
        for (BatchSlice slice : batch.slices) {
            deliver(slice, Math.min(slice.size(), result.count() - from), result, from);
            from += slice.size();
        }
        end();
    }

    private void putBack(InFlightBatch batch, int executed) {
        int left = -executed;
        for (BatchSlice slice : batch.slices) {
            left += slice.size();
        }
        for (int i = batch.slices.size() - 1; left > 0; i--) {
            BatchSlice slice = batch.slices.get(i);
            waiting.addFirst(slice.tail(Math.max(0, slice.size() - left)));
            left -= slice.size();
        }
    }

    /**
     * Lets each client have its turn in the next batches, because the owner had no time for a whole batch. The requests
     * of one client keep their order. Those of a client that is gone end here, if nobody needs them.
     */
    private void shareOut() {
        FairQueue<BatchSlice> fair = new FairQueue<>();
        for (BatchSlice slice = waiting.poll(); slice != null; slice = waiting.poll()) {
            int end;
            for (int i = 0; i < slice.size(); i = end) {
                end = i + 1;
                while (end < slice.size() && slice.batch().isUndivided(slice.first() + end)) {
                    end++;
                }
                fair.add(
                        slice.batch().requester(slice.first() + i),
                        slice.tail(i).head(end - i));
            }
        }
        for (BatchSlice slice = fair.poll(); slice != null; slice = fair.poll()) {
            if (slice.hasEnded()) {
                replies.accept(ReplyBatch.single(slice.batch(), slice.first(), NOTHING));
            } else {
                waiting.add(slice);
            }
        }
    }

    private void deliver(BatchSlice slice, int executed, BatchResult result, int from) {
        int first = 0;
        for (int i = 0; i < executed; i++) {
            if (result.isDeferred(from + i)) {
                reply(slice, first, i, result, from);
                askDeferred(slice.tail(i).head(1), result, from + i);
                first = i + 1;
            }
        }
        reply(slice, first, executed, result, from);
    }

    private void reply(BatchSlice slice, int first, int end, BatchResult result, int from) {
        if (first < end) {
            replies.accept(new ReplyBatch(
                    slice.batch().number(),
                    slice.first() + first,
                    result.replies(from + first, from + end),
                    result.ends(from + first, from + end)));
        }
    }

    private void askDeferred(BatchSlice one, BatchResult result, int index) {
        Requester client = one.batch().requester(one.first());
        calls.deferredReply(result.deferredId(index), client, reply -> {
            if (reply == null) {
                faults.unavailable(one, CommitMessages.SEARCH_LATE);
            } else {
                replies.accept(ReplyBatch.single(one.batch(), one.first(), reply));
            }
        });
    }
}
