package dev.tessera.store;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.json.JsonWriter;
import dev.tessera.protocol.Fault;
import dev.tessera.protocol.Status;
import dev.tessera.routing.CommandBatch;
import dev.tessera.routing.ReplyBatch;
import dev.tessera.session.Partitions;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the requests of a batch in their order, each by itself: what goes wrong in one is its own answer. Thread: the owner of the
 * partitions.
 */
final class BatchExecutor {

  private static final Logger log = LoggerFactory.getLogger(BatchExecutor.class);

  /** Replies go out as soon as this many bytes have gathered, so that a batch of big reads is not held whole. */
  private static final int REPLY_BATCH_BYTES = 1024 * 1024;
  private static final int CAPACITY_KEPT_BYTES = 2 * REPLY_BATCH_BYTES;

  private final Partitions partitions;
  private final int replyBytesMax;
  private final JsonWriter out = new JsonWriter();
  private final Answer answer = new Answer(out);

  BatchExecutor(Partitions partitions, int replyBytesMax) {
    this.partitions = partitions;
    this.replyBytesMax = replyBytesMax;
  }

  /** Executes a batch; hands on the replies to all its requests, in one piece or several. */
  void execute(CommandBatch batch, long nowMs, Consumer<ReplyBatch> replies) {
    int size = batch.size();
    int[] ends = new int[size];
    int first = 0;
    for (int i = 0; i < size; i++) {
      execute(batch.request(i), nowMs);
      ends[i - first] = out.size();
      if (out.size() >= REPLY_BATCH_BYTES || i == size - 1) {
        int count = i + 1 - first;
        replies.accept(new ReplyBatch(batch.number(), first, out.take(CAPACITY_KEPT_BYTES),
            count == ends.length ? ends : Arrays.copyOf(ends, count)));
        first = i + 1;
        ends = i == size - 1 ? ends : new int[size - first];
      }
    }
  }

  private void execute(Request request, long nowMs) {
    int mark = out.size();
    out.limit(replyBytesMax);
    try {
      request.command().execute(request, partitions, nowMs, answer);
    } catch (JsonWriter.TooLarge e) {
      refuse(mark, request, new Fault(Status.LIMIT_EXCEEDED,
          "the answer would be larger than " + replyBytesMax + " bytes; ask for less at a time"));
    } catch (RuntimeException e) {
      log.error("{} failed; this is a fault of the server, please report it", request.command().name(), e);
      refuse(mark, request, new Fault(Status.UNKNOWN, "an internal fault; the server's log has its cause"));
    }
  }

  private void refuse(int mark, Request request, Fault fault) {
    out.truncate(mark);
    out.limit(Integer.MAX_VALUE);
    answer.fault(request, fault);
  }
}
