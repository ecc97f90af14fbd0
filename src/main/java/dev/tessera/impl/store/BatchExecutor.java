package dev.tessera.impl.store;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the requests of a batch in their order, each by itself: what goes wrong in one is its own answer. Where it
 * is not in a command, it is the answer of all that have none yet. What a command leaves for later is handed on, and
 * its reply comes when it comes.
 *
 * <p>A batch whose replies are large is executed in several turns of the event loop, lest a few small requests fill the
 * heap with replies before any of them can be sent. Batches that come meanwhile wait, so that the order stays. Thread:
 * the owner of the partitions.
 */
final class BatchExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(BatchExecutor.class);
    /** Replies go out as soon as this many bytes have gathered, so that a batch of big reads is not held whole. */
    private static final int REPLY_BATCH_BYTES = 1024 * 1024;

    private static final int CAPACITY_KEPT_BYTES = 2 * REPLY_BATCH_BYTES;
    /**
     * With so many bytes of replies a turn ends: who takes them is to send them, or to drop a client that asks for too
     * much, before there are more.
     */
    private static final int TURN_BYTES = 4 * REPLY_BATCH_BYTES;

    /** What is still to be executed of a batch. */
    private record Rest(CommandBatch batch, int first) {}

    private final Partitions partitions;
    private final int replyBytesMax;
    private final DeferredTasks deferredTasks;
    private final ReplyGate gate;
    private final Consumer<LongConsumer> nextTurn;
    /** In their order; while there is any, a next turn is planned. Bounded by what senders may have in flight. */
    private final Deque<Rest> waiting = new ArrayDeque<>();

    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    /**
     * Of the batch that is being executed, the first request for which no reply was sent and none was left for later.
     */
    private int first;

    /**
     * An executor on some partitions.
     *
     * @param nextTurn calls what it is given in a later turn of the event loop, with the time of then
     */
    BatchExecutor(
            Partitions partitions,
            int replyBytesMax,
            DeferredTasks deferredTasks,
            ReplyGate gate,
            Consumer<LongConsumer> nextTurn) {
        this.partitions = partitions;
        this.replyBytesMax = replyBytesMax;
        this.deferredTasks = deferredTasks;
        this.gate = gate;
        this.nextTurn = nextTurn;
    }

    /** Executes a batch, now or in its turn; hands on the replies to all its requests, in one piece or several. */
    void execute(CommandBatch batch, long nowMs) {
        if (!waiting.isEmpty()) {
            waiting.add(new Rest(batch, 0));
            return;
        }
        int next = execute(batch, 0, nowMs);
        if (next < batch.size()) {
            waiting.add(new Rest(batch, next));
            nextTurn.accept(this::goOn);
        }
    }

    private void goOn(long nowMs) {
        // It stays in front meanwhile, so that what comes waits behind it.
        Rest rest = waiting.element();
        int next = rest.batch.size();
        try {
            next = execute(rest.batch, rest.first, nowMs);
        } finally {
            waiting.remove();
            if (next < rest.batch.size()) {
                waiting.addFirst(new Rest(rest.batch, next));
            }
            if (!waiting.isEmpty()) {
                nextTurn.accept(this::goOn);
            }
        }
    }

    /** Says whether no batch waits for a turn. */
    boolean isAtRest() {
        return waiting.isEmpty();
    }

    /**
     * Executes a batch from a request on, as far as one turn goes; gives the index of the first request that is left.
     * Whatever goes wrong beside the commands themselves, every request up to there has its reply.
     */
    private int execute(CommandBatch batch, int from, long nowMs) {
        first = from;
        try {
            executeTurn(batch, from, nowMs);
            return first;
        } catch (RuntimeException | Error e) {
            // An Error as well, such as a heap that does not suffice for the replies.
            LOG.error("A batch failed; this is a fault of the server, please report it", e);
            fail(batch);
            return batch.size();
        }
    }

    private void executeTurn(CommandBatch batch, int from, long nowMs) {
        int size = batch.size();
        int[] ends = new int[size - from];
        int sentBytes = 0;
        // A turn ends behind what was sent; what was only written is sent first.
        for (int i = from; i < size && (sentBytes < TURN_BYTES || first < i); i++) {
            Request request = batch.request(i);
            Answer.Deferred later = execute(request, nowMs);
            if (later != null) {
                if (first < i) {
                    sentBytes += reply(batch, ends, i);
                    ends = new int[size - i];
                }
                if (leave(later, batch, i)) {
                    first = i + 1;
                    continue;
                }
            }
            ends[i - first] = out.size();
            if (out.size() >= REPLY_BATCH_BYTES || i == size - 1) {
                sentBytes += reply(batch, ends, i + 1);
                ends = new int[size - first];
            }
        }
    }

    /** Sends what was written for the requests before {@code behind} as one piece; gives its size in bytes. */
    private int reply(CommandBatch batch, int[] ends, int behind) {
        int count = behind - first;
        byte[] bytes = out.take(CAPACITY_KEPT_BYTES);
        gate.reply(
                batch,
                new ReplyBatch(batch.number(), first, bytes, count == ends.length ? ends : Arrays.copyOf(ends, count)));
        first = behind;
        return bytes.length;
    }

    /**
     * Replies to all requests of a batch that have none that they have failed, executed or not; at the least, lets go
     * of who waits for them.
     */
    private void fail(CommandBatch batch) {
        out.clear();
        answer.takeDeferred();
        ReplyBatch faults;
        try {
            faults = ReplyBatch.faults(batch, first, batch.size(), Fault.INTERNAL);
        } catch (Error e) {
            LOG.error("Not even that could be answered", e);
            faults = ReplyBatch.lost(batch, first);
        }
        gate.replyNow(batch, faults);
    }

    private Answer.Deferred execute(Request request, long nowMs) {
        Fault refusal = gate.refusal(request);
        if (refusal != null) {
            answer.fault(request, refusal);
            return null;
        }
        int mark = out.size();
        Fault fault = AnswerGuard.write(
                request,
                out,
                answer,
                request.command().replyBytesMax(replyBytesMax),
                () -> request.command().execute(request, partitions, nowMs, answer));
        gate.executed();
        Answer.Deferred later = answer.takeDeferred();
        if (fault != null) {
            out.truncate(mark);
            answer.fault(request, fault);
            return null;
        }
        return later;
    }

    /** Leaves the rest of a command for later; where too much is left already, says so in the answer. */
    private boolean leave(Answer.Deferred later, CommandBatch batch, int index) {
        Request request = batch.request(index);
        boolean taken =
                deferredTasks.offer(later, request, reply -> gate.reply(batch, ReplyBatch.single(batch, index, reply)));
        if (!taken) {
            answer.fault(request, new Fault(Status.LIMIT_EXCEEDED, "too many searches are waiting; try again"));
        }
        return taken;
    }
}
