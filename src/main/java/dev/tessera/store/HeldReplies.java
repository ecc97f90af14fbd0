package dev.tessera.store;

import dev.tessera.command.Answer;
import dev.tessera.json.JsonWriter;
import dev.tessera.protocol.Fault;
import dev.tessera.protocol.Status;
import dev.tessera.routing.BatchBus;
import dev.tessera.routing.CommandBatch;
import dev.tessera.routing.ReplyBatch;
import java.util.ArrayDeque;
import java.util.Queue;

/** Replies that wait for what they rest on to be on disk. Thread: the store's. */
final class HeldReplies {

  private static final Fault LOST = new Fault(Status.OUTCOME_UNKNOWN,
      "the journal could not be written; what was waiting for it may or may not have been applied, and may be lost at the next start");

  /** Replies that may leave when the journal is on disk up to a position. */
  private record Held(long position, CommandBatch batch, ReplyBatch replies) {
  }

  private final BatchBus bus;
  /** Positions never go down from one to the next. */
  private final Queue<Held> held = new ArrayDeque<>();

  HeldReplies(BatchBus bus) {
    this.bus = bus;
  }

  void send(CommandBatch batch, ReplyBatch replies) {
    bus.reply(batch, replies);
  }

  void hold(long position, CommandBatch batch, ReplyBatch replies) {
    held.add(new Held(position, batch, replies));
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Sends what waited for this position or less. */
  void release(long position) {
    for (Held next = held.peek(); next != null && next.position <= position; next = held.peek()) {
      held.remove();
      bus.reply(next.batch, next.replies);
    }
  }

  /** Replies to what waited for this position or less that its outcome is unknown. */
  void fail(long position) {
    for (Held next = held.peek(); next != null && next.position <= position; next = held.peek()) {
      held.remove();
      bus.reply(next.batch, lost(next));
    }
  }

  private static ReplyBatch lost(Held waiting) {
    ReplyBatch replies = waiting.replies;
    JsonWriter out = new JsonWriter();
    Answer answer = new Answer(out);
    int[] ends = new int[replies.size()];
    for (int i = 0; i < ends.length; i++) {
      answer.fault(waiting.batch.request(replies.first() + i), LOST);
      ends[i] = out.size();
    }
    return new ReplyBatch(replies.number(), replies.first(), out.take(0), ends);
  }
}
