package dev.tessera.store;

import dev.tessera.command.Answer;
import dev.tessera.command.AnswerGuard;
import dev.tessera.command.Request;
import dev.tessera.json.JsonWriter;
import dev.tessera.protocol.Fault;
import dev.tessera.protocol.Status;
import dev.tessera.routing.CommandBatch;
import dev.tessera.routing.ReplyBatch;
import dev.tessera.session.Partitions;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Executes the requests of a batch in their order, each by itself: what goes wrong in one is its own answer. What a command leaves
 * for later is handed on, and its reply comes when it comes. Thread: the owner of the partitions.
 */
final class BatchExecutor {

  /** Replies go out as soon as this many bytes have gathered, so that a batch of big reads is not held whole. */
  private static final int REPLY_BATCH_BYTES = 1024 * 1024;
  private static final int CAPACITY_KEPT_BYTES = 2 * REPLY_BATCH_BYTES;

  private final Partitions partitions;
  private final int replyBytesMax;
  private final LaterWork laterWork;
  private final ReplyGate gate;
  private final JsonWriter out = new JsonWriter();
  private final Answer answer = new Answer(out);

  BatchExecutor(Partitions partitions, int replyBytesMax, LaterWork laterWork, ReplyGate gate) {
    this.partitions = partitions;
    this.replyBytesMax = replyBytesMax;
    this.laterWork = laterWork;
    this.gate = gate;
  }

  /** Executes a batch; hands on the replies to all its requests, in one piece or several. */
  void execute(CommandBatch batch, long nowMs) {
    Consumer<ReplyBatch> replies = piece -> gate.reply(batch, piece);
    int size = batch.size();
    int[] ends = new int[size];
    int first = 0;
    for (int i = 0; i < size; i++) {
      Request request = batch.request(i);
      Answer.Later later = execute(request, nowMs);
      if (later != null && !leave(later, request, batch.number(), i, replies)) {
        later = null;
      }
      if (later == null) {
        ends[i - first] = out.size();
      }
      if (later != null || out.size() >= REPLY_BATCH_BYTES || i == size - 1) {
        int count = (later == null ? i + 1 : i) - first;
        if (count > 0) {
          replies.accept(new ReplyBatch(batch.number(), first, out.take(CAPACITY_KEPT_BYTES),
              count == ends.length ? ends : Arrays.copyOf(ends, count)));
        }
        first = i + 1;
        ends = new int[size - first];
      }
    }
  }

  private Answer.Later execute(Request request, long nowMs) {
    Fault refusal = gate.refusal(request);
    if (refusal != null) {
      answer.fault(request, refusal);
      return null;
    }
    int mark = out.size();
    Fault fault = AnswerGuard.write(request, out, answer, request.command().replyBytesMax(replyBytesMax),
        () -> request.command().execute(request, partitions, nowMs, answer));
    gate.executed();
    Answer.Later later = answer.takeLater();
    if (fault != null) {
      out.truncate(mark);
      answer.fault(request, fault);
      return null;
    }
    return later;
  }

  /** Leaves the rest of a command for later; where too much is left already, says so in the answer. */
  private boolean leave(Answer.Later later, Request request, long number, int index, Consumer<ReplyBatch> replies) {
    boolean taken = laterWork.offer(later, request, reply ->
        replies.accept(new ReplyBatch(number, index, reply, new int[] {reply.length})));
    if (!taken) {
      answer.fault(request, new Fault(Status.LIMIT_EXCEEDED, "too many searches are waiting; try again"));
    }
    return taken;
  }
}
