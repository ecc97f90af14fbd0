package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Entries;
import dev.tessera.command.parameter.EntriesParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_SET}: stores keys, each new or in place of the one that is there. */
public final class KvSet extends SessionCommand {

  private static final EntriesParameter KEYS = EntriesParameter.notEmpty("keys");

  /** Declares the command. */
  public KvSet() {
    super("KV_SET", "Stores keys; a key that exists is replaced.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Entries entries = request.get(KEYS);
    byte[] text = entries.text();
    answer.begin(this).tkn(request.token()).openObject(Answer.KEYS);
    for (int i = 0; i < entries.size(); i++) {
      int from = entries.from(i);
      int to = entries.to(i);
      boolean replaced = keys.put(text, from, to, text, entries.valueFrom(i), entries.valueTo(i));
      answer.keyStatus(text, from, to, replaced ? Status.KEY_UPDATED : Status.KEY_SET);
    }
    answer.closeObject().end();
  }
}
