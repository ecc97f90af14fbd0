package dev.tessera.impl.store;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.impl.session.Partitions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Executes the requests of a batch in their order. A failing request gets an error reply; the others still run. If the
 * executor itself fails, every unanswered request gets that error. A command may defer its reply, which then comes from
 * a worker thread.
 *
 * <p>A batch with large replies is executed in several turns of the event loop. Otherwise a few small requests could
 * fill the heap with replies before the gateway sends any of them. Batches that arrive meanwhile wait, which keeps the
 * order. Thread: the owner of the partitions.
 */
final class BatchExecutor {

    private static final LimitedLog FAILED =
            LimitedLog.error(BatchExecutor.class, "A batch failed; this is a fault of the server, please report it");
    private static final LimitedLog REPLIES_LOST =
            LimitedLog.error(BatchExecutor.class, "The replies of the failed batch are lost");
    /** Sends the replies after this many bytes, so that a batch of large reads is never held as a whole. */
    private static final int REPLY_BATCH_BYTES = 1024 * 1024;

    private static final int CAPACITY_KEPT_BYTES = 2 * REPLY_BATCH_BYTES;
    /** Yields after this many reply bytes, to let the gateway send them, or drop a slow client, first. */
    private static final int TURN_BYTES = 4 * REPLY_BATCH_BYTES;

    /** The requests of a batch from {@code first} on, which are not executed yet. */
    private record Rest(CommandBatch batch, int first) {}

    private final Partitions partitions;
    private final int replyBytesMax;
    private final DeferredTasks deferredTasks;
    private final ReplyGate gate;
    private final Consumer<LongConsumer> nextTurn;
    /** In order of arrival. If it is not empty, a next turn is planned. The senders' limits in flight bound it. */
    private final Deque<Rest> waiting = new ArrayDeque<>();

    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    /** The first request of the current batch whose reply is neither sent nor deferred. */
    private int first;

    /**
     * Creates an executor on some partitions.
     *
     * @param nextTurn calls its argument in a later turn of the event loop, with the time of that turn
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

    /** Executes a batch, now or after the batches that wait. Sends replies to all its requests, at once or in parts. */
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
        // The rest stays at the head during its execution, so that new batches queue after it.
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

    /** Returns whether no batch waits for a turn. */
    boolean isAtRest() {
        return waiting.isEmpty();
    }

    /**
     * Executes requests of a batch for one turn. Every request before the returned index has its reply, even if the
     * executor fails.
     *
     * @return the index of the first request that is not executed
     */
    private int execute(CommandBatch batch, int from, long nowMs) {
        first = from;
        try {
            executeTurn(batch, from, nowMs);
            return first;
        } catch (RuntimeException | Error e) {
            // Errors too, such as OutOfMemoryError while replies are collected.
            FAILED.log(e);
            fail(batch);
            return batch.size();
        }
    }

    private void executeTurn(CommandBatch batch, int from, long nowMs) {
        int size = batch.size();
        int[] ends = new int[size - from];
        int sentBytes = 0;
        // A turn ends only after all written replies are sent.
        for (int i = from; i < size && (sentBytes < TURN_BYTES || first < i); i++) {
            Request request = batch.request(i);
            Answer.Deferred deferred = execute(request, nowMs);
            if (deferred != null) {
                if (first < i) {
                    sentBytes += reply(batch, ends, i);
                    ends = new int[size - i];
                }
                if (defer(deferred, batch, i)) {
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

    /** Sends the written replies to the requests before {@code end}, and returns their size in bytes. */
    private int reply(CommandBatch batch, int[] ends, int end) {
        int count = end - first;
        byte[] bytes = out.take(CAPACITY_KEPT_BYTES);
        gate.reply(
                batch,
                new ReplyBatch(batch.number(), first, bytes, count == ends.length ? ends : Arrays.copyOf(ends, count)));
        first = end;
        return bytes.length;
    }

    /** Answers all unanswered requests of a batch with a fault, or reports their replies as lost. */
    private void fail(CommandBatch batch) {
        out.clear();
        answer.takeDeferred();
        ReplyBatch faults;
        try {
            faults = ReplyBatch.faults(batch, first, batch.size(), Fault.INTERNAL);
        } catch (Error e) {
            REPLIES_LOST.log(e);
            faults = ReplyBatch.lost(batch, first);
        }
        gate.replyNow(batch, faults);
    }

    /** Executes a request and writes its answer, unless the gate refuses it. Returns the deferred rest, or null. */
    private Answer.@Nullable Deferred execute(Request request, long nowMs) {
        Fault refusal = gate.refusal(request);
        if (refusal != null) {
            answer.fault(request, refusal);
            return null;
        }
        try {
            return AnswerGuard.execute(request, partitions, nowMs, out, answer, replyBytesMax);
        } finally {
            gate.executed();
        }
    }

    /** Hands the rest of a command to the workers. If too many tasks wait, writes a fault and returns false. */
    private boolean defer(Answer.Deferred deferred, CommandBatch batch, int index) {
        Request request = batch.request(index);
        boolean taken = deferredTasks.offer(
                deferred, request, reply -> gate.reply(batch, ReplyBatch.single(batch, index, reply)));
        if (!taken) {
            answer.fault(request, AnswerGuard.TOO_MANY_SEARCHES);
        }
        return taken;
    }
}
