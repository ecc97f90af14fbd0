package dev.tessera.routing;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.ScatterCommand;
import dev.tessera.json.JsonWriter;
import dev.tessera.json.Slice;
import java.util.ArrayList;
import java.util.List;

/** Collects the parts of one {@link ScatterCommand} and makes the answer when the last one is there. */
final class Gathering implements ReplySink {

  private static final int CAPACITY_KEPT_BYTES = 64 * 1024;

  private final Request request;
  private final ScatterCommand command;
  private final int expected;
  private final JsonWriter out;
  private final ReplySink sink;
  private final long slot;
  private final List<Slice> parts;

  Gathering(Request request, ScatterCommand command, int expected, JsonWriter out, ReplySink sink, long slot) {
    this.request = request;
    this.command = command;
    this.expected = expected;
    this.out = out;
    this.sink = sink;
    this.slot = slot;
    this.parts = new ArrayList<>(expected);
  }

  @Override
  public void reply(long store, byte[] bytes, int from, int to) {
    Slice part = new Slice();
    part.set(bytes, from, to);
    parts.add(part);
    if (parts.size() == expected) {
      command.gather(request, parts, new Answer(out));
      byte[] answer = out.take(CAPACITY_KEPT_BYTES);
      sink.reply(slot, answer, 0, answer.length);
    }
  }

  @Override
  public void repliesEnd() {
    if (parts.size() == expected) {
      sink.repliesEnd();
    }
  }
}
