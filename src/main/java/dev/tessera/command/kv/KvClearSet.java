package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Entries;
import dev.tessera.command.parameter.EntriesParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_CLEAR_SET}: puts keys in the place of all that were there. */
public final class KvClearSet extends SessionCommand {

  private static final EntriesParameter KEYS = EntriesParameter.any("keys");

  /** Declares the command. */
  public KvClearSet() {
    super("KV_CLEAR_SET", "Removes all keys, then stores keys, as one step.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Entries entries = request.get(KEYS);
    byte[] text = entries.text();
    answer.begin(this).tkn(request.token()).st(Status.OK).number(Answer.COUNT, keys.clear())
        .openObject(Answer.KEYS);
    for (int i = 0; i < entries.size(); i++) {
      keys.put(text, entries.from(i), entries.to(i), text, entries.valueFrom(i), entries.valueTo(i));
      answer.keyStatus(text, entries.from(i), entries.to(i), Status.KEY_SET);
    }
    answer.closeObject().end();
  }
}
